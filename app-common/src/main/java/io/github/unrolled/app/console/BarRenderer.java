package io.github.unrolled.app.console;

import java.util.Locale;
import me.tongfei.progressbar.ProgressBarRenderer;
import me.tongfei.progressbar.ProgressState;

/**
 * Draws {@code training [====      ]  47%  step 1,200  loss 1.6321  92.1k chars/s  2m10s left} in one line; where that is
 * too long, the bar is shorter, or not there, for the figures say more.
 */
final class BarRenderer implements ProgressBarRenderer {
    private static final int LONGEST_BAR = 14;
    private static final int SHORTEST_BAR = 3;

    private final Console console;
    private final Remaining remaining = new Remaining();

    BarRenderer(Console console) {
        this.console = console;
    }

    @Override
    public String render(ProgressState state, int width) {
        double fraction = state.getNormalizedProgress();
        double seconds = state.getElapsedAfterStart().toMillis() / 1e3;
        if (fraction > 0) {
            remaining.begins(fraction, seconds);
        }
        String ahead = seconds > 1 ? remaining.after(fraction, seconds) : "";
        String left = ahead.isEmpty() ? Progress.duration(seconds) : ahead;
        String detail = state.getExtraMessage().strip();
        String tail = String.format(Locale.ROOT, "%3.0f%%  %s  %s", 100 * fraction, detail, left);
        String head = state.getTaskName() + " ";
        int bar = Math.min(LONGEST_BAR, width - head.length() - tail.length() - "[] ".length());
        if (bar >= SHORTEST_BAR) {
            int done = (int) Math.round(bar * fraction);
            head += "[" + "=".repeat(done) + " ".repeat(bar - done) + "] ";
        }
        String line = head + tail;
        // Padded to the full width, so that a shorter line hides the longer one before it.
        String padded = line.length() > width ? line.substring(0, width) : line + " ".repeat(width - line.length());
        return padded.length() > head.length()
                ? console.bold(head.strip()) + " " + padded.substring(head.length())
                : padded;
    }
}
