package io.github.unrolled.models.motion.pedestrian;

import io.github.unrolled.datasets.motion.track.TrackWindow;
import java.util.ArrayList;
import java.util.List;

/**
 * Windows that are trained on together.
 *
 * @param windows of equal length
 */
public record WindowBatch(List<TrackWindow> windows) {
    /** Copies the list. */
    public WindowBatch {
        windows = List.copyOf(windows);
    }

    /** All walkers of all windows. */
    public int walkers() {
        return windows.stream().mapToInt(TrackWindow::walkers).sum();
    }

    /** Deals whole windows out to {@code parts} groups with about as many walkers each; some may be empty. */
    List<WindowBatch> split(int parts) {
        List<List<TrackWindow>> groups = new ArrayList<>();
        int[] walkers = new int[parts];
        for (int part = 0; part < parts; part++) {
            groups.add(new ArrayList<>());
        }
        for (TrackWindow window : windows) {
            int fewest = 0;
            for (int part = 1; part < parts; part++) {
                fewest = walkers[part] < walkers[fewest] ? part : fewest;
            }
            groups.get(fewest).add(window);
            walkers[fewest] += window.walkers();
        }
        return groups.stream().map(WindowBatch::new).toList();
    }
}
