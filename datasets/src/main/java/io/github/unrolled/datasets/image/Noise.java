package io.github.unrolled.datasets.image;

import io.github.unrolled.random.Seed;
import java.util.random.RandomGenerator;

/** White Gaussian noise. */
public final class Noise {
    private Noise() {}

    /**
     * A copy with noise added, neither clipped nor rounded, as the denoising papers do it.
     *
     * @param deviation on the scale of the values; papers' sigma on 0..255 divided by 255
     */
    public static Planes added(Planes picture, double deviation, Seed seed) {
        float[] values = picture.values().clone();
        add(values, 0, values.length, deviation, seed.generator());
        return new Planes(picture.channels(), picture.height(), picture.width(), values);
    }

    static void add(float[] values, int from, int count, double deviation, RandomGenerator random) {
        for (int i = from; i < from + count; i++) {
            values[i] += (float) (deviation * random.nextGaussian());
        }
    }
}
