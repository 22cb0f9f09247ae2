package io.github.unrolled.app.console;

import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** A plain line every so often, for log files and pipes. */
final class LineProgress implements Progress {
    private final Console console;
    private final String task;
    private final long everyNanos;
    private final LongSupplier nanoTime;
    private final long started;
    private long shown;

    LineProgress(Console console, String task, long everyNanos, LongSupplier nanoTime) {
        this.console = console;
        this.task = task;
        this.everyNanos = everyNanos;
        this.nanoTime = nanoTime;
        this.started = nanoTime.getAsLong();
        this.shown = started;
    }

    @Override
    public synchronized void update(double fraction, Supplier<String> detail) {
        long now = nanoTime.getAsLong();
        if (now - shown < everyNanos) {
            return;
        }
        shown = now;
        double seconds = (now - started) / 1e9;
        String left = fraction > 0 && fraction < 1
                ? "  " + Progress.duration(seconds * (1 - fraction) / fraction) + " left"
                : "";
        line(String.format(Locale.ROOT, "%s %3.0f%%  %s%s", task, 100 * fraction, detail.get(), left));
    }

    @Override
    public void line(String text) {
        console.err().println(text);
        console.err().flush();
    }

    @Override
    public void close() {}
}
