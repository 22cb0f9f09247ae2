package io.github.unrolled.models.video;

import java.util.List;

/**
 * Windows of sequences that are trained on together.
 *
 * @param windows one for each sequence
 */
public record ClipBatch(List<Window> windows) {
    /** Copies the list. */
    public ClipBatch {
        windows = List.copyOf(windows);
    }

    /**
     * A part of a sequence.
     *
     * @param sequence which one
     * @param from its first frame
     * @param to the frame after its last
     * @param begins whether the state before it is zeros; else it is that after the window before, in the same place of the
     *     batch
     * @param change what is changed at random
     */
    record Window(int sequence, int from, int to, boolean begins, Augmentation.Drawn change) {
        int frames() {
            return to - from;
        }
    }

    /** Frames of the longest window. */
    int time() {
        return windows.stream().mapToInt(Window::frames).max().orElse(0);
    }

    /** Frames of all windows. */
    int frames() {
        return windows.stream().mapToInt(Window::frames).sum();
    }
}
