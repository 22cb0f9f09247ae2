package io.github.unrolled.app.console;

import java.io.PrintStream;
import java.util.function.Supplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** A bar that is redrawn in place. */
final class BarProgress implements Progress {
    private static final int PARTS = 1000;
    private static final long DETAIL_EVERY_NANOS = 200_000_000L;
    private static final String CLEAR_LINE = "\r\u001b[2K";

    private final PrintStream err;
    private final ProgressBar bar;
    private Supplier<String> last = () -> "";
    private long described = System.nanoTime() - DETAIL_EVERY_NANOS;

    /** @param width of the line; the bar's own library would start another one to find it out */
    BarProgress(Console console, String task, int width) {
        this.err = console.err();
        this.bar = new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(PARTS)
                .setUpdateIntervalMillis(500)
                .setConsumer(new ConsoleProgressBarConsumer(err, width))
                .setRenderer(new BarRenderer(console))
                .build();
    }

    @Override
    public void update(double fraction, Supplier<String> detail) {
        last = detail;
        bar.stepTo(Math.round(PARTS * Math.min(1, Math.max(0, fraction))));
        long now = System.nanoTime();
        if (now - described >= DETAIL_EVERY_NANOS) {
            described = now;
            bar.setExtraMessage(detail.get());
        }
    }

    @Override
    public void line(String text) {
        err.print(CLEAR_LINE + text + System.lineSeparator());
        err.flush();
        bar.refresh();
    }

    @Override
    public void close() {
        bar.setExtraMessage(last.get());
        bar.close();
    }
}
