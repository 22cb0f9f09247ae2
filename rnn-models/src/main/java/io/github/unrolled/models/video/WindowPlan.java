package io.github.unrolled.models.video;

import java.util.ArrayList;
import java.util.List;

/** How a sequence that is too long for a network that reads it from both ends is cut in windows that overlap. */
final class WindowPlan {
    /** Frames of a window. */
    static final int WINDOW = 400;

    /** Frames at a cut that are computed and not used. */
    static final int MARGIN = 60;

    private WindowPlan() {}

    /** A window, and the part of it whose labels are used. */
    record Part(int from, int to, int keptFrom, int keptTo) {}

    static List<Part> of(int frames) {
        List<Part> parts = new ArrayList<>();
        int kept = 0;
        while (kept < frames) {
            int from = Math.max(0, kept - MARGIN);
            int to = Math.min(frames, from + WINDOW);
            int until = to == frames ? frames : to - MARGIN;
            parts.add(new Part(from, to, kept, until));
            kept = until;
        }
        return parts;
    }
}
