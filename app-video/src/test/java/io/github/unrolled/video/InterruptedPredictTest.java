package io.github.unrolled.video;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.unrolled.datasets.video.VideoReader;
import io.github.unrolled.datasets.video.VideoWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A real process that is interrupted while it labels a long video. */
@DisabledOnOs(OS.WINDOWS)
class InterruptedPredictTest {
    private static final int FRAMES = 20_000;

    @TempDir
    Path folder;

    @Test
    @Timeout(120)
    void whatWasLabelledUntilThenIsWholeAndAgrees() throws Exception {
        Path video = video();
        Path out = folder.resolve("out");
        Process child = start(video, out);
        try {
            while (child.isAlive() && !isAtWork(out)) {
                Thread.onSpinWait();
            }
            Process kill = new ProcessBuilder("kill", "-INT", Long.toString(child.pid())).start();
            assertThat(kill.waitFor()).isZero();
            assertThat(child.waitFor(100, TimeUnit.SECONDS)).isTrue();
        } finally {
            child.destroyForcibly();
        }
        assertThat(Files.readString(folder.resolve("err")))
                .endsWith("video predict: interrupted; what was written is whole\n");
        assertThat(child.exitValue()).isEqualTo(130);
        int labelled = Files.readAllLines(out.resolve("video.csv")).size() - 1;
        assertThat(labelled).isBetween(1, FRAMES - 1);
        int filmed = 0;
        try (VideoReader film = VideoReader.open(out.resolve("video.mp4"))) {
            while (film.next().isPresent()) {
                filmed++;
            }
            assertThat(film.problems()).isEmpty();
        }
        assertThat(filmed).isEqualTo(labelled);
        assertThat(new ObjectMapper()
                        .readTree(out.resolve("video-segments.json").toFile())
                        .path("segments"))
                .isNotEmpty();
        assertThat(out.resolve("video-timeline.png")).isNotEmptyFile();
    }

    private Path video() throws IOException {
        Path video = folder.resolve("video.mkv");
        try (VideoWriter writer = VideoWriter.open(video, 32, 32, 25)) {
            for (int i = 0; i < FRAMES; i++) {
                writer.write(new byte[32 * 32]);
            }
            writer.finish();
        }
        return video;
    }

    /** What it writes lies beside the places of the results until it is whole. */
    private static boolean isAtWork(Path out) throws IOException {
        if (!Files.isDirectory(out)) {
            return false;
        }
        try (Stream<Path> files = Files.list(out)) {
            return files.findAny().isPresent();
        }
    }

    private Process start(Path video, Path out) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of("predict", "--source", video.toString(), "--out", out.toString(), "--threads", "1"));
        // A build that runs in the background hands an ignored SIGINT down to its children; undo that where possible.
        List<String> reset = List.of("env", "--default-signal=INT");
        if (runs(reset)) {
            command.addAll(0, reset);
        }
        return new ProcessBuilder(command)
                .redirectError(folder.resolve("err").toFile())
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    private static boolean runs(List<String> prefix) throws InterruptedException {
        List<String> command = new ArrayList<>(prefix);
        command.add("true");
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
