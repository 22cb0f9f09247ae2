package io.github.unrolled.models.motion.pedestrian;

import io.github.unrolled.datasets.motion.track.TrackWindow;
import java.util.random.RandomGenerator;

/**
 * What a window may be turned into without becoming a less likely one: rotated by any angle, mirrored half of the time, and
 * scaled, because places differ in how far their walkers go in a step.
 *
 * @param scaling greatest factor s: windows are scaled by a factor between 1/s and s, uniform in its logarithm; 1 for none
 * @param noiseMetres greatest deviation of normal noise on observed positions, as of an imprecise tracker: half of the windows
 *     have none, of the others each has a deviation of its own, so that a model learns to see how far positions can be
 *     trusted; 0 for none
 */
public record Augmentation(double scaling, double noiseMetres) {
    /** Checks the ranges. */
    public Augmentation {
        if (!(scaling >= 1 && scaling <= 10 && noiseMetres >= 0 && noiseMetres < 10)) {
            throw new IllegalArgumentException("augmentation scales by up to " + scaling + " with noise of "
                    + noiseMetres + " metres; expected 1 to 10, and 0 or more");
        }
    }

    TrackWindow apply(TrackWindow window, RandomGenerator random) {
        double angle = 2 * Math.PI * random.nextDouble();
        double scale = Math.exp(Math.log(scaling) * (2 * random.nextDouble() - 1));
        double mirror = random.nextBoolean() ? -1 : 1;
        double deviation = random.nextBoolean() ? noiseMetres * random.nextDouble() : 0;
        double cos = scale * Math.cos(angle);
        double sin = scale * Math.sin(angle);
        double[] xy = new double[window.xy().length];
        int observed = 2 * window.observed() * window.walkers();
        for (int i = 0; i < xy.length; i += 2) {
            double noise = i < observed ? deviation : 0;
            double x = window.xy()[i] + (noise > 0 ? noise * random.nextGaussian() : 0);
            double y = mirror * (window.xy()[i + 1] + (noise > 0 ? noise * random.nextGaussian() : 0));
            xy[i] = cos * x - sin * y;
            xy[i + 1] = sin * x + cos * y;
        }
        return new TrackWindow(
                window.scene(), window.frame(), window.stepSeconds(), window.observed(), window.ids(), xy);
    }
}
