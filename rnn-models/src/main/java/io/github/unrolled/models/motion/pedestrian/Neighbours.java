package io.github.unrolled.models.motion.pedestrian;

import io.github.unrolled.datasets.motion.track.TrackWindow;
import java.util.Arrays;
import java.util.List;

/**
 * Pairs of walkers of one window who are near each other at the last observed step: where the second one is in the first
 * one's frame. The number of pairs is filled up to a multiple of {@value #PAIR_MULTIPLE} with pairs that do not count.
 *
 * @param of row of the walker who looks
 * @param other row of the one who is seen
 * @param real 1 for pairs, 0 for filling
 * @param offset where the other's origin is in one's own frame, {@code [pairs, 2]}
 * @param cos of the angle from one's own heading to the other's, twice a pair
 * @param sin of that angle, twice a pair
 * @param history the other's position and velocity relative to one's own, in one's own frame, at every observed step but
 *     the first, {@code [observed - 1, pairs, 4]}
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record Neighbours(int[] of, int[] other, float[] real, float[] offset, float[] cos, float[] sin, float[] history) {
    /** Position and velocity. */
    static final int FEATURES = 4;

    private static final int PAIR_MULTIPLE = 128;
    private static final Neighbours NONE = new Neighbours(
            new int[0], new int[0], new float[0], new float[0], new float[0], new float[0], new float[0]);

    /** The pairs within {@code radius} metres. */
    static Neighbours of(List<TrackWindow> windows, List<OwnFrame> frames, double radius) {
        if (!(radius > 0)) {
            return NONE;
        }
        int count = 0;
        int[] first = new int[64];
        int[] second = new int[64];
        int begin = 0;
        for (TrackWindow window : windows) {
            int end = begin + window.walkers();
            for (int i = begin; i < end; i++) {
                for (int j = begin; j < end; j++) {
                    OwnFrame a = frames.get(i);
                    OwnFrame b = frames.get(j);
                    if (i != j && Math.hypot(a.x() - b.x(), a.y() - b.y()) <= radius) {
                        if (count == first.length) {
                            first = Arrays.copyOf(first, 2 * count);
                            second = Arrays.copyOf(second, 2 * count);
                        }
                        first[count] = i;
                        second[count++] = j;
                    }
                }
            }
            begin = end;
        }
        // At least one filling pair, so that a batch in which nobody is near anybody has pairs as well.
        int pairs = (count / PAIR_MULTIPLE + 1) * PAIR_MULTIPLE;
        return new Neighbours(
                        Arrays.copyOf(Arrays.copyOf(first, count), pairs),
                        Arrays.copyOf(Arrays.copyOf(second, count), pairs),
                        new float[pairs],
                        new float[2 * pairs],
                        new float[2 * pairs],
                        new float[2 * pairs],
                        new float[(windows.get(0).observed() - 1) * pairs * FEATURES])
                .filled(windows, frames, count);
    }

    /** How many pairs, with filling. */
    int pairs() {
        return of.length;
    }

    private Neighbours filled(List<TrackWindow> windows, List<OwnFrame> frames, int count) {
        int pair = 0;
        int begin = 0;
        for (TrackWindow window : windows) {
            int end = begin + window.walkers();
            for (; pair < count && of[pair] < end; pair++) {
                OwnFrame own = frames.get(of[pair]);
                OwnFrame seen = frames.get(other[pair]);
                real[pair] = 1;
                offset[2 * pair] = (float) own.along(seen.x() - own.x(), seen.y() - own.y());
                offset[2 * pair + 1] = (float) own.across(seen.x() - own.x(), seen.y() - own.y());
                float c = (float) own.along(seen.cos(), seen.sin());
                float s = (float) own.across(seen.cos(), seen.sin());
                Arrays.fill(cos, 2 * pair, 2 * pair + 2, c);
                Arrays.fill(sin, 2 * pair, 2 * pair + 2, s);
                observe(window, own, of[pair] - begin, other[pair] - begin, pair);
            }
            begin = end;
        }
        return this;
    }

    private void observe(TrackWindow window, OwnFrame own, int i, int j, int pair) {
        for (int t = 1; t < window.observed(); t++) {
            double dx = window.x(t, j) - window.x(t, i);
            double dy = window.y(t, j) - window.y(t, i);
            double ex = window.x(t - 1, j) - window.x(t - 1, i);
            double ey = window.y(t - 1, j) - window.y(t - 1, i);
            int at = ((t - 1) * pairs() + pair) * FEATURES;
            history[at] = (float) own.along(dx, dy);
            history[at + 1] = (float) own.across(dx, dy);
            history[at + 2] = (float) own.along(dx - ex, dy - ey);
            history[at + 3] = (float) own.across(dx - ex, dy - ey);
        }
    }
}
