package io.github.unrolled.models.motion.pedestrian;

import io.github.unrolled.datasets.motion.track.TrackWindow;
import java.util.Arrays;
import java.util.List;

/**
 * Forecasts without a network, of one sample: pₖ = a + k b, with the last observed step as k = 0. Constant velocity beats
 * most published recurrent models on one sample (Schöller et al. 2020).
 */
public enum Baseline implements Forecaster {
    /** Everybody stays where they are. */
    STAND_STILL("stand-still") {
        @Override
        double[] line(double[] observed) {
            return new double[] {observed[observed.length - 1], 0};
        }
    },
    /** Everybody goes on as in the last observed step. */
    CONSTANT_VELOCITY("constant-velocity") {
        @Override
        double[] line(double[] observed) {
            double last = observed[observed.length - 1];
            return new double[] {last, last - observed[observed.length - 2]};
        }
    },
    /** The straight line of least squares through the observed steps, followed on at its own speed. */
    LINEAR_FIT("linear-fit") {
        @Override
        double[] line(double[] observed) {
            int last = observed.length - 1;
            double middle = -last / 2.0;
            double mean = Arrays.stream(observed).average().orElseThrow();
            double covariance = 0;
            double variance = 0;
            for (int i = 0; i <= last; i++) {
                double time = i - last - middle;
                covariance += time * (observed[i] - mean);
                variance += time * time;
            }
            double slope = covariance / variance;
            return new double[] {mean - slope * middle, slope};
        }
    };

    private final String id;

    Baseline(String id) {
        this.id = id;
    }

    /** The name in tables. */
    public String id() {
        return id;
    }

    /** Value at the last observed step, and change a step, of one coordinate. */
    abstract double[] line(double[] observed);

    @Override
    public List<Forecast> forecast(List<TrackWindow> windows, int steps) {
        return windows.stream().map(window -> forecast(window, steps)).toList();
    }

    private Forecast forecast(TrackWindow window, int steps) {
        int walkers = window.walkers();
        double[] xy = new double[2 * steps * walkers];
        double[] x = new double[window.observed()];
        double[] y = new double[window.observed()];
        for (int walker = 0; walker < walkers; walker++) {
            for (int t = 0; t < x.length; t++) {
                x[t] = window.x(t, walker);
                y[t] = window.y(t, walker);
            }
            double[] alongX = line(x);
            double[] alongY = line(y);
            for (int k = 1; k <= steps; k++) {
                int at = 2 * ((k - 1) * walkers + walker);
                xy[at] = alongX[0] + k * alongX[1];
                xy[at + 1] = alongY[0] + k * alongY[1];
            }
        }
        double[] certain = new double[walkers];
        Arrays.fill(certain, 1);
        return new Forecast(1, steps, walkers, xy, certain);
    }
}
