package io.github.unrolled.datasets.motion.track;

import java.util.Objects;

/**
 * Where one walker was at consecutive steps, without a gap.
 *
 * @param id the walker's, as the file has it
 * @param first index of the first position's frame among those of the {@link Scene}
 * @param x metres, one value a step
 * @param y metres, one value a step
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Track(String id, int first, double[] x, double[] y) {
    /** Checks that both coordinates have as many steps. */
    public Track {
        Objects.requireNonNull(id, "id");
        if (x.length != y.length || x.length == 0 || first < 0) {
            throw new IllegalArgumentException("track " + id + " has " + x.length + " x, " + y.length
                    + " y and begins at frame index " + first + "; it needs as many x as y, at least one");
        }
    }

    /** How many steps. */
    public int length() {
        return x.length;
    }

    /** Index of the frame after the last position's. */
    public int end() {
        return first + x.length;
    }
}
