package io.github.unrolled.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.unrolled.app.console.Console;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A peer that pretends, in a real process. */
final class PeerProcessTest {
    private static final Task KNOWN = Task.named("lstm-128").orElseThrow();
    private static final Task UNKNOWN = Task.named("gru-512").orElseThrow();
    private static final Task DEADLY = Task.named("rnn-512").orElseThrow();

    /** Speaks before it answers, as native libraries do. */
    static final class Pretender {
        public static void main(String[] args) throws IOException {
            System.out.println("a native library says hello");
            Worker.serve(
                    task -> {
                        if (task.equals(UNKNOWN)) {
                            throw new IllegalArgumentException("no such network");
                        }
                        if (task.equals(DEADLY)) {
                            System.err.println("out of luck");
                            Runtime.getRuntime().halt(3);
                        }
                        return () -> {};
                    },
                    false,
                    System.out);
        }
    }

    private static PeerProcess pretender() throws IOException {
        return new PeerProcess(
                "pretender",
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Pretender.class.getName()),
                Map.of());
    }

    @Test
    void answersAndRefuses() throws IOException {
        try (PeerProcess peer = pretender()) {
            assertThat(peer.measure(KNOWN, 0).milliseconds()).isNotNegative();
            assertThatThrownBy(() -> peer.measure(UNKNOWN, 0))
                    .isInstanceOf(PeerException.class)
                    .hasMessageContaining("pretender cannot do")
                    .hasMessageContaining("no such network");
            assertThat(peer.measure(KNOWN, 0).milliseconds()).isNotNegative();
        }
    }

    @Test
    void aDeadPeerIsReportedWithItsLastWords() throws IOException {
        try (PeerProcess peer = pretender()) {
            assertThatThrownBy(() -> peer.measure(DEADLY, 0))
                    .isInstanceOf(PeerException.class)
                    .hasMessageContaining("ended")
                    .hasMessageContaining("out of luck");
        }
    }

    @Test
    void wrongOptionsAreExplained() {
        assertThat(err("--rows", "lstm-64")).contains("lstm-64", "sample-512");
        assertThat(err("--pairs", "0")).contains("--pairs is 0");
    }

    private static String err(String... arguments) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = Console.of(
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        assertThat(Main.application().run(console, arguments)).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).hasLineCount(1);
        return err.toString(StandardCharsets.UTF_8);
    }
}
