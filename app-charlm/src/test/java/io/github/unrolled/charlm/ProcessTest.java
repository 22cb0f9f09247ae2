package io.github.unrolled.charlm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes: what libraries print past this program's own streams would show here, and here alone. */
final class ProcessTest {
    @TempDir
    Path folder;

    private Charlm call(String... line) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(line));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        // As in a container that sets no locale: texts are UTF-8 all the same.
        builder.environment().put("LC_ALL", "C");
        // A tool that is run with the JVM's options would announce them on standard error.
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        Process process = builder.start();
        try {
            assertThat(process.waitFor(90, TimeUnit.SECONDS)).as("ended").isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Charlm(process.exitValue(), read(out), read(err));
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    @Test
    void aMistakeOnTheCommandLineEndsWithTwo() throws Exception {
        assertThat(call("train", "--hidden", "abc").refused(2)).contains("--hidden", "'abc'");
    }

    @Test
    void failedWorkEndsWithOneAndLeavesNothing() throws Exception {
        Path text = folder.resolve("latin.txt");
        Files.write(text, "un caf\u00e9 noir".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(call("train", "--data", text.toString(), "--out", "run").refused(1))
                .contains(text.toString(), "0xE9", "6");
        assertThat(folder.resolve("run")).doesNotExist();
    }

    /** What is piped into a file is the text, in UTF-8, and not a byte more. */
    @Test
    void standardOutputIsTheTextAndNothingElse() throws Exception {
        Path text = folder.resolve("text.txt");
        Files.writeString(text, "où est l’été ?\n".repeat(60));
        Charlm trained = Charlm.train(text, folder.resolve("run"), 60);
        assertThat(trained.out()).doesNotContain("\u001b", "\r");
        Charlm sampled = call("sample", "--model", "run", "--length", "40", "--greedy", "--quiet");
        assertThat(sampled.code()).as(sampled.err()).isZero();
        assertThat(sampled.err()).isEmpty();
        assertThat(sampled.out().codePoints().filter(c -> "où est l’été ?\n".indexOf(c) < 0))
                .isEmpty();
        assertThat(sampled.out().codePoints().count()).isEqualTo(40 + 1);
    }
}
