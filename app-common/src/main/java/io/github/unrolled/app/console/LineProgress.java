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
    private final Remaining remaining = new Remaining();
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
        remaining.begins(fraction, (now - started) / 1e9);
        if (now - shown < everyNanos) {
            return;
        }
        shown = now;
        String left = remaining.after(fraction, (now - started) / 1e9);
        line(String.format(
                Locale.ROOT,
                "%s %3.0f%%  %s%s",
                task,
                100 * fraction,
                detail.get(),
                left.isEmpty() ? "" : "  " + left));
    }

    @Override
    public void line(String text) {
        console.err().println(text);
        console.err().flush();
    }

    @Override
    public void close() {}
}
