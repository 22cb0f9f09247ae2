package io.github.unrolled.charlm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unrolled.model.AtomicFile;
import io.github.unrolled.model.ModelFile;
import io.github.unrolled.random.Seed;
import io.github.unrolled.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Real processes, killed at random moments: a resumed run has, bit for bit, the losses of one never stopped. */
@Tag("slow")
@DisabledOnOs(OS.WINDOWS)
final class ResumeTest {
    private static final int STEPS = 1500;
    private static final int KILLS = 5;
    private static final int WRITING_STEPS = 420;
    private static final int INTERRUPTED = 130;
    /** 128 + SIGKILL. */
    private static final int KILLED = 137;

    private static final long POLL_MILLIS = 5;

    @TempDir
    Path folder;

    private final List<Process> started = new ArrayList<>();
    private Path text = Path.of("");

    @BeforeEach
    void text() throws IOException {
        text = Charlm.text(folder.resolve("text.txt"), 4000);
    }

    @AfterEach
    void leaveNoProcessBehind() throws InterruptedException {
        for (Process process : started) {
            process.destroyForcibly().waitFor();
        }
    }

    private Process start(String... line) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        // A build that runs in the background hands an ignored SIGINT down to its children; undo that where possible.
        List<String> reset = List.of("env", "--default-signal=INT");
        if (works(reset)) {
            command.addAll(reset);
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(line));
        Process process = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        started.add(process);
        return process;
    }

    private static boolean works(List<String> prefix) throws InterruptedException {
        try {
            List<String> command =
                    Stream.concat(prefix.stream(), Stream.of("true")).toList();
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private Process startTraining(Path run) throws IOException, InterruptedException {
        return startTraining(run, STEPS, 25);
    }

    private Process startTraining(Path run, int steps, int checkpointEvery) throws IOException, InterruptedException {
        return start(Stream.concat(
                        Stream.of("train", "--data", text.toString(), "--out", run.toString()),
                        Stream.of(("--hidden 32 --layers 2 --batch 8 --window 32 --dropout 0.2 --recurrent-dropout 0.1"
                                        + " --average 0.99 --evaluate-every 100 --overwrite --quiet --steps " + steps
                                        + " --checkpoint-every " + checkpointEvery)
                                .split(" ")))
                .toArray(String[]::new));
    }

    private String errors() throws IOException {
        return Files.readString(folder.resolve("err"));
    }

    private void ends(Process process, int code) throws InterruptedException, IOException {
        assertThat(process.waitFor(4, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(errors()).isEqualTo(code);
    }

    /** Everything but how long a step took. */
    private static List<List<String>> metrics(Path run) throws IOException {
        return Files.readAllLines(run.resolve("metrics.csv")).stream()
                .map(line -> Arrays.asList(line.split(",", -1)).subList(0, 5))
                .toList();
    }

    /** The weights of the best model and everything that a continued training needs, but for the seconds it took. */
    private static Map<String, List<Float>> tensors(Path run) throws IOException {
        Map<String, List<Float>> values = new TreeMap<>();
        ModelFile best = ModelFile.read(run.resolve("best.zip"));
        ModelFile last = ModelFile.read(run.resolve("last.zip"));
        best.weights().forEach((name, tensor) -> values.put("best " + name, values(tensor)));
        last.weights().forEach((name, tensor) -> values.put("last " + name, values(tensor)));
        last.training().forEach((name, tensor) -> values.put("training " + name, values(tensor)));
        return values;
    }

    private static List<Float> values(Tensor tensor) {
        List<Float> values = new ArrayList<>();
        for (float value : tensor.toFloats()) {
            values.add(value);
        }
        return values;
    }

    /**
     * Waits until the run has written this step. All the while the last checkpoint, once there is one, is whole: it is read
     * again and again as the process replaces it. A process that ended before has not been caught, and fails the test.
     */
    private void reached(Process process, Path run, long step) throws IOException, InterruptedException {
        Path last = run.resolve("last.zip");
        while (lastStep(run.resolve("metrics.csv")) < step) {
            assertThat(process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS))
                    .as("ended before step " + step + ": " + errors())
                    .isFalse();
            if (Files.exists(last)) {
                assertThat(ModelFile.read(last).weights()).isNotEmpty();
            }
        }
    }

    private void kill(Process process) throws InterruptedException, IOException {
        process.destroyForcibly().waitFor();
        assertThat(process.exitValue())
                .as("killed, and not ended by itself: " + errors())
                .isEqualTo(KILLED);
    }

    private static long lastStep(Path file) throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        List<String> lines = Files.readAllLines(file);
        // The last line may be half-written.
        String line = lines.size() < 3 ? "" : lines.get(lines.size() - 2);
        return line.isEmpty() ? 0 : Long.parseLong(line.substring(0, line.indexOf(',')));
    }

    @Test
    @Timeout(value = 12, unit = TimeUnit.MINUTES)
    void killedAtRandomMoments() throws Exception {
        Path whole = folder.resolve("whole");
        ends(startTraining(whole), 0);
        assertThat(metrics(whole)).hasSize(STEPS + 1);

        Path killed = folder.resolve("killed");
        RandomGenerator random = new Seed(Long.getLong("test.seed", 7)).generator();
        Process process = startTraining(killed);
        for (int kill = 1; kill <= KILLS; kill++) {
            long step = (long) kill * STEPS / (KILLS + 2) + random.nextInt(STEPS / (KILLS + 2));
            reached(process, killed, step);
            kill(process);
            Path last = killed.resolve("last.zip");
            assertThat(ModelFile.read(last).description().path("provenance").isObject())
                    .isTrue();
            process = start("train", "--resume", killed.toString(), "--quiet");
        }
        ends(process, 0);
        assertThat(metrics(killed)).isEqualTo(metrics(whole));
        assertThat(tensors(killed)).isEqualTo(tensors(whole));
        assertThat(Files.list(killed).map(path -> path.getFileName().toString()))
                .contains("best.zip", "last.zip", "metrics.csv", "run.json", "curve.png")
                .hasSizeLessThanOrEqualTo(6);
    }

    /** With a checkpoint at every step, most of the time goes into writing files, and that is where the process is killed. */
    @Test
    @Timeout(value = 12, unit = TimeUnit.MINUTES)
    void killedWhileItWritesCheckpoints() throws Exception {
        Path whole = folder.resolve("whole");
        ends(startTraining(whole, WRITING_STEPS, 1), 0);

        Path killed = folder.resolve("killed");
        RandomGenerator random = new Seed(Long.getLong("test.seed", 8)).generator();
        Process process = startTraining(killed, WRITING_STEPS, 1);
        for (int kill = 1; kill <= KILLS; kill++) {
            long step = (long) kill * WRITING_STEPS / (KILLS + 2) + random.nextInt(WRITING_STEPS / (KILLS + 2));
            reached(process, killed, step);
            kill(process);
            assertThat(ModelFile.read(killed.resolve("last.zip")).weights()).isNotEmpty();
            process = start("train", "--resume", killed.toString(), "--quiet");
        }
        ends(process, 0);
        assertThat(metrics(killed)).isEqualTo(metrics(whole));
        assertThat(tensors(killed)).isEqualTo(tensors(whole));
        try (Stream<Path> files = Files.list(killed)) {
            assertThat(files.filter(AtomicFile::isTemporary))
                    .as("left half-written by a killed process")
                    .isEmpty();
        }
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void interruptedByTheUser() throws Exception {
        Path whole = folder.resolve("whole");
        ends(startTraining(whole), 0);

        Path stopped = folder.resolve("stopped");
        Process process = startTraining(stopped);
        reached(process, stopped, STEPS / 3);
        assertThat(new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
        ends(process, INTERRUPTED);
        assertThat(errors()).contains("interrupted; what was written is whole");
        ends(start("train", "--resume", stopped.toString(), "--quiet"), 0);
        assertThat(metrics(stopped)).isEqualTo(metrics(whole));
        assertThat(tensors(stopped)).isEqualTo(tensors(whole));
    }
}
