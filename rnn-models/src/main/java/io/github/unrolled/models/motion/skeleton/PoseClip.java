package io.github.unrolled.models.motion.skeleton;

import java.util.List;

/**
 * A piece of motion to learn from or to be measured on.
 *
 * @param group what it shows, such as {@code walking}; validation errors are averaged over groups
 * @param rows root position and exponential maps of every frame, not modified
 * @param stride rows between two frames of a window: 2 for files at twice the rate that is learned
 */
public record PoseClip(String group, List<float[]> rows, int stride) {
    /** Copies the list, not the rows. */
    public PoseClip {
        rows = List.copyOf(rows);
        if (stride < 1) {
            throw new IllegalArgumentException("stride is " + stride + ", expected 1 or more");
        }
    }

    /** In how many places a window of {@code frames} can begin. */
    int starts(int frames) {
        return Math.max(0, rows.size() - (frames - 1) * stride);
    }

    /** The window that begins at a row. */
    float[][] window(int start, int frames) {
        float[][] window = new float[frames][];
        for (int t = 0; t < frames; t++) {
            window[t] = rows.get(start + t * stride);
        }
        return window;
    }
}
