package io.github.unrolled.charlm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unrolled.model.ModelFile;
import io.github.unrolled.random.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
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
    private static final int INTERRUPTED = 130;

    @TempDir
    Path folder;

    private Path text = Path.of("");

    @BeforeEach
    void text() throws IOException {
        text = Charlm.text(folder.resolve("text.txt"), 4000);
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
        return new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
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
        return start(Stream.concat(
                        Stream.of("train", "--data", text.toString(), "--out", run.toString()),
                        Stream.of(("--hidden 32 --layers 2 --batch 8 --window 32 --dropout 0.2 --recurrent-dropout 0.1"
                                        + " --average 0.99 --checkpoint-every 25 --evaluate-every 100 --overwrite"
                                        + " --quiet --steps " + STEPS)
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

    /** Waits until the run has written this step, or has ended. */
    private static void reached(Process process, Path run, long step) throws IOException {
        Path file = run.resolve("metrics.csv");
        while (process.isAlive() && lastStep(file) < step) {
            Thread.onSpinWait();
        }
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
            process.destroyForcibly().waitFor();
            Path last = killed.resolve("last.zip");
            assertThat(ModelFile.read(last).description().path("provenance").isObject())
                    .isTrue();
            process = start("train", "--resume", killed.toString(), "--quiet");
        }
        ends(process, 0);
        assertThat(metrics(killed)).isEqualTo(metrics(whole));
        assertThat(Files.list(killed).map(path -> path.getFileName().toString()))
                .contains("best.zip", "last.zip", "metrics.csv", "run.json", "curve.png")
                .hasSizeLessThanOrEqualTo(6);
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
    }
}
