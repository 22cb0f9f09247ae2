package io.github.unrolled.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unrolled.app.console.Console;
import io.github.unrolled.app.result.Result;
import io.github.unrolled.model.AtomicFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A real process with a real signal. */
@DisabledOnOs(OS.WINDOWS)
class InterruptedProcessTest {
    @TempDir
    Path folder;

    /** The child: works until asked to stop, then writes a file; or fails, or succeeds. */
    static final class Child {
        public static void main(String[] args) {
            Path file = Path.of(args[0]);
            Toy toy = new Toy((verb, console) -> work(verb.hidden, console, file));
            new Application("toy", "Test.", toy.train).runAndExit("train", "--hidden", args[1]);
        }

        private static Result work(int mode, Console console, Path file) throws IOException {
            console.out().println("working");
            console.out().flush();
            if (mode == 0) {
                return Result.none();
            }
            if (mode == 1) {
                throw new WorkFailedException("no luck");
            }
            while (!console.interruption().requested()) {
                Thread.onSpinWait();
            }
            AtomicFile.write(file, "whole");
            return Result.none();
        }
    }

    @Test
    @Timeout(60)
    void aSignalLetsTheWorkFinishWhatItWritesAndExitsWith130() throws Exception {
        Path file = folder.resolve("last.zip");
        Process child = start(file, 2);
        try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).isEqualTo("working");
            Process kill = new ProcessBuilder("kill", "-INT", Long.toString(child.pid())).start();
            assertThat(kill.waitFor()).isZero();
            assertThat(child.waitFor(50, TimeUnit.SECONDS)).isTrue();
            assertThat(child.exitValue()).isEqualTo(130);
            assertThat(file).hasContent("whole");
            String err = Files.readString(folder.resolve("err"));
            assertThat(err).endsWith("toy train: interrupted; what was written is whole\n");
        } finally {
            child.destroyForcibly();
        }
    }

    @Test
    @Timeout(60)
    void theProcessEndsWithTheCodeOfTheWork() throws Exception {
        assertThat(start(folder, 0).waitFor()).isZero();
        assertThat(start(folder, 1).waitFor()).isEqualTo(1);
        assertThat(Files.readString(folder.resolve("err"))).isEqualTo("toy train: no luck\n");
    }

    private Process start(Path file, int mode) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        // A build that runs in the background hands an ignored SIGINT down to its children; undo that where possible.
        List<String> reset = List.of("env", "--default-signal=INT");
        if (runs(reset)) {
            command.addAll(reset);
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                file.toString(),
                Integer.toString(mode)));
        return new ProcessBuilder(command)
                .redirectError(folder.resolve("err").toFile())
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
