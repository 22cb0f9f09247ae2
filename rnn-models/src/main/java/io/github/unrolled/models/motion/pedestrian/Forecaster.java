package io.github.unrolled.models.motion.pedestrian;

import io.github.unrolled.datasets.motion.track.TrackWindow;
import java.util.List;

/** Predicts where the walkers of windows go on; sees the observed steps only. */
public interface Forecaster {
    /**
     * One forecast a window.
     *
     * @param windows of equal numbers of observed steps
     * @param steps how far to look ahead
     */
    List<Forecast> forecast(List<TrackWindow> windows, int steps);
}
