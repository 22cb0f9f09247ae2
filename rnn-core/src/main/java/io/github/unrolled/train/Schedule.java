package io.github.unrolled.train;

import java.util.List;

/** The learning rate as a function of a run's progress, from 0 at its beginning to 1 at its end. */
public sealed interface Schedule {
    /**
     * The factor on the base rate.
     *
     * @param progress in [0, 1]
     */
    double factor(double progress);

    /** Always 1. */
    record Constant() implements Schedule {
        @Override
        public double factor(double progress) {
            return 1;
        }
    }

    /**
     * Linear from near 0 to 1 over a first part, then half a cosine down to {@code floor} (Loshchilov and Hutter 2017).
     *
     * @param warmup the part of the run that warms up, in [0, 1)
     * @param floor the factor at the end
     */
    record WarmupCosine(double warmup, double floor) implements Schedule {
        @Override
        public double factor(double progress) {
            if (progress < warmup) {
                return progress / warmup;
            }
            double along = Math.min(1, (progress - warmup) / (1 - warmup));
            return floor + (1 - floor) * 0.5 * (1 + Math.cos(Math.PI * along));
        }
    }

    /**
     * Multiplies the rate by {@code factor} at each of the given points.
     *
     * @param points of progress, ascending, each in (0, 1)
     * @param factorPerPoint what each point multiplies the rate by
     */
    record Steps(List<Double> points, double factorPerPoint) implements Schedule {
        /** Copies the list. */
        public Steps {
            points = List.copyOf(points);
        }

        @Override
        public double factor(double progress) {
            long passed = points.stream().filter(point -> progress >= point).count();
            return Math.pow(factorPerPoint, (double) passed);
        }
    }
}
