package io.github.unrolled.models.motion.pedestrian;

import io.github.unrolled.datasets.motion.track.TrackWindow;
import java.util.ArrayList;
import java.util.List;

/**
 * The walkers of several windows, one row each, in coordinates of their own; rows are filled up to a multiple of
 * {@value #ROW_MULTIPLE}, so that the engine meets few different shapes.
 *
 * @param rows with filling
 * @param walkers without
 * @param velocities observed, {@code [observed - 1, rows, 2]}, metres a step
 * @param targets positions to be predicted, {@code [predicted, rows, 2]}, metres; empty if they are not known
 * @param windowOf the window that each walker is in
 * @param frames of the walkers
 * @param neighbours who is near whom
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record WalkerBatch(
        int rows,
        int walkers,
        float[] velocities,
        float[] targets,
        int[] windowOf,
        List<OwnFrame> frames,
        Neighbours neighbours) {
    private static final int ROW_MULTIPLE = 16;

    /**
     * Lays windows out in rows.
     *
     * @param radius up to how many metres apart walkers are neighbours; 0 for nobody
     */
    static WalkerBatch of(List<TrackWindow> windows, double radius) {
        int walkers = windows.stream().mapToInt(TrackWindow::walkers).sum();
        int rows = (walkers + ROW_MULTIPLE - 1) / ROW_MULTIPLE * ROW_MULTIPLE;
        int observed = windows.get(0).observed();
        int predicted = windows.get(0).predicted();
        float[] velocities = new float[(observed - 1) * rows * 2];
        float[] targets = new float[predicted * rows * 2];
        int[] windowOf = new int[walkers];
        List<OwnFrame> frames = new ArrayList<>(walkers);
        for (int w = 0; w < windows.size(); w++) {
            TrackWindow window = windows.get(w);
            if (window.observed() != observed || window.predicted() != predicted) {
                throw new IllegalArgumentException("windows of different lengths cannot be in one batch");
            }
            for (int walker = 0; walker < window.walkers(); walker++) {
                int row = frames.size();
                OwnFrame frame = OwnFrame.of(window, walker);
                frames.add(frame);
                windowOf[row] = w;
                for (int t = 1; t < window.length(); t++) {
                    boolean seen = t < observed;
                    double dx = window.x(t, walker) - (seen ? window.x(t - 1, walker) : frame.x());
                    double dy = window.y(t, walker) - (seen ? window.y(t - 1, walker) : frame.y());
                    float[] into = seen ? velocities : targets;
                    int at = 2 * ((seen ? t - 1 : t - observed) * rows + row);
                    into[at] = (float) frame.along(dx, dy);
                    into[at + 1] = (float) frame.across(dx, dy);
                }
            }
        }
        Neighbours neighbours = Neighbours.of(windows, frames, radius);
        return new WalkerBatch(rows, walkers, velocities, targets, windowOf, frames, neighbours);
    }

    /** Steps that were observed, less one: how many velocities there are. */
    int observedVelocities() {
        return velocities.length / (2 * rows);
    }

    /** Steps whose positions are known after the observed ones. */
    int predicted() {
        return targets.length / (2 * rows);
    }
}
