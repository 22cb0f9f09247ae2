package io.github.unrolled.app.console;

import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Shows that work goes on: a bar on a terminal, one plain line every few seconds elsewhere, nothing when quiet. It is
 * told often and shows seldom, so it may be told at every step.
 *
 * <pre>{@code
 * try (Progress progress = Progress.start(console, "training")) {
 *     progress.update(step / (double) steps, () -> Progress.detail(step, loss, rate, speed, "chars/s"));
 *     progress.line("step 1000: validation 1.61 nats/char");
 * }
 * }</pre>
 */
public interface Progress extends AutoCloseable {
    /** How often a plain line is written when nobody watches a terminal. */
    Duration LINE_EVERY = Duration.ofSeconds(10);

    /** The progress of one task on this console. */
    static Progress start(Console console, String task) {
        return start(console, task, LINE_EVERY, System::nanoTime);
    }

    /** The progress of one task, with another interval between plain lines and another clock (nanoseconds). */
    static Progress start(Console console, String task, Duration lineEvery, LongSupplier nanoTime) {
        if (console.quiet()) {
            return new SilentProgress();
        }
        return console.terminal()
                // The last column stays free, where some terminals would begin a new line.
                ? new BarProgress(console, task, TerminalWidth.columns() - 1)
                : new LineProgress(console, task, lineEvery.toNanos(), nanoTime);
    }

    /**
     * Says how far the work is.
     *
     * @param fraction done so far, in [0, 1]
     * @param detail what to show beside it; only asked for when it is shown
     */
    void update(double fraction, Supplier<String> detail);

    /** Writes a line that stays, such as the result of an evaluation. */
    void line(String text);

    @Override
    void close();

    /** The usual detail of training, such as {@code step 1,200  loss 1.6321  rate 3.8e-3  92.1k chars/s}. */
    static String detail(long step, double loss, double learningRate, double speed, String unit) {
        // One digit in the exponent is enough for a learning rate.
        String rate = String.format(Locale.ROOT, "%.1e", learningRate).replaceFirst("e([+-])0", "e$1");
        return String.format(Locale.ROOT, "step %,d  loss %.4f  rate %s  %s %s", step, loss, rate, speed(speed), unit);
    }

    /** A speed in at most four digits and a magnitude: 92.1k. */
    static String speed(double speed) {
        if (speed >= 1e6) {
            return String.format(Locale.ROOT, "%.2fM", speed / 1e6);
        }
        if (speed >= 1e4) {
            return String.format(Locale.ROOT, "%.1fk", speed / 1e3);
        }
        return String.format(Locale.ROOT, speed >= 100 ? "%.0f" : "%.1f", speed);
    }

    /** A duration as people say it: 45s, 2m10s, 1h05m. */
    static String duration(double seconds) {
        long s = Math.round(seconds);
        if (s < 60) {
            return s + "s";
        }
        return s < 3600
                ? String.format(Locale.ROOT, "%dm%02ds", s / 60, s % 60)
                : String.format(Locale.ROOT, "%dh%02dm", s / 3600, s % 3600 / 60);
    }
}
