package io.github.unrolled.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Console console(boolean terminal, boolean quiet) {
        return new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                terminal,
                false,
                quiet,
                new Interruption());
    }

    @Test
    void writesALineEveryTenSecondsWhenNobodyWatches() {
        AtomicLong now = new AtomicLong();
        try (Progress progress = Progress.start(console(false, false), "training", Duration.ofSeconds(10), now::get)) {
            for (int step = 1; step <= 50; step++) {
                now.addAndGet(500_000_000);
                int done = step;
                progress.update(step / 100.0, () -> Progress.detail(done, 2, 0.004, 92_140, "chars/s"));
            }
            progress.line("validation 1.5");
        }
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "training  20%  step 20  loss 2.0000  rate 4.0e-3  92.1k chars/s  40s left",
                        "training  40%  step 40  loss 2.0000  rate 4.0e-3  92.1k chars/s  30s left", "validation 1.5");
        assertThat(out.size()).isZero();
    }

    @Test
    void isSilentWhenQuiet() {
        try (Progress progress = Progress.start(console(true, true), "training")) {
            progress.update(0.5, () -> "never asked for");
            progress.line("validation 1.5");
        }
        assertThat(err.size()).isZero();
    }

    @Test
    void drawsABarOnATerminal() {
        try (Progress progress = new BarProgress(console(true, false), "training", 79)) {
            progress.update(0.5, () -> "step 50  loss 1.2500");
            progress.line("validation 1.5");
        }
        String drawn = err.toString(StandardCharsets.UTF_8);
        assertThat(drawn)
                .contains("training [=", "50%  step 50  loss 1.2500", "validation 1.5")
                .contains("\r");
        assertThat(drawn.split("[\r\n]"))
                .allMatch(line -> line.replace("\u001b[2K", "").length() <= 79);
    }

    @Test
    void theBarGivesWayToTheFigures() {
        String detail = Progress.detail(123_456, 1.25, 3.84e-3, 92_140, "chars/s");
        try (Progress progress = new BarProgress(console(true, false), "training", 79)) {
            progress.update(0.5, () -> detail);
        }
        String[] drawn = err.toString(StandardCharsets.UTF_8).split("[\r\n]");
        assertThat(drawn[drawn.length - 1].strip())
                .matches("training (\\[=* *\\] )? *50%  step 123,456  loss 1.2500  rate 3.8e-3  92.1k chars/s  0s");
        assertThat(drawn).allMatch(line -> line.length() <= 79);
    }

    @Test
    void readsTheWidthOfATerminal() {
        assertThat(TerminalWidth.columns("24 132")).isEqualTo(132);
        assertThat(TerminalWidth.columns("0 0")).isEqualTo(80);
        assertThat(TerminalWidth.columns("")).isEqualTo(80);
        assertThat(TerminalWidth.columns()).isGreaterThanOrEqualTo(10);
    }

    @Test
    void saysSpeedsAndDurationsShortly() {
        assertThat(Progress.speed(7.25)).isEqualTo("7.3");
        assertThat(Progress.speed(1234)).isEqualTo("1234");
        assertThat(Progress.speed(92_140)).isEqualTo("92.1k");
        assertThat(Progress.speed(2_500_000)).isEqualTo("2.50M");
        assertThat(Progress.duration(59.4)).isEqualTo("59s");
        assertThat(Progress.duration(130)).isEqualTo("2m10s");
        assertThat(Progress.duration(3900)).isEqualTo("1h05m");
    }
}
