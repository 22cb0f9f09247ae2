package io.github.unrolled.datasets.image;

import io.github.unrolled.random.Seed;
import java.util.random.RandomGenerator;

/**
 * Made pictures with the statistics of photographs: the dead-leaves model (Matheron 1968; Lee, Mumford and Huang 2001).
 * Leaves fall on each other until nothing else is seen, their radii drawn with density r^-3, which makes the picture look
 * the same at every scale. Most are discs, some have straight edges; each has a colour near one of the picture's palette,
 * light that falls off across it, and often a texture of stripes or of grains. Rendered at twice the size and reduced, so
 * that edges are smooth.
 */
public final class DeadLeaves {
    private static final int OVERSAMPLING = 2;
    private static final double SMALLEST = 1.5;
    private static final int PALETTE = 6;
    private static final int MOST_LEAVES = 200_000;

    private DeadLeaves() {}

    /** A colour picture, the same for the same seed. */
    public static Planes generate(int height, int width, Seed seed) {
        RandomGenerator random = seed.generator();
        int rows = height * OVERSAMPLING;
        int columns = width * OVERSAMPLING;
        Planes large = Planes.zeros(3, rows, columns);
        boolean[] covered = new boolean[rows * columns];
        float[][] palette = palette(random);
        double smallest = SMALLEST * OVERSAMPLING * (0.7 + 1.3 * random.nextDouble());
        double largest = Math.max(rows, columns) * (0.2 + 0.4 * random.nextDouble());
        int open = covered.length;
        // From the front backward: what is covered already stays, so each pixel is drawn once.
        for (int i = 0; i < MOST_LEAVES && open > 0; i++) {
            Leaf leaf = Leaf.draw(random, palette, rows, columns, radius(random, smallest, largest));
            open -= leaf.drawInto(large, covered);
        }
        if (open > 0) {
            Leaf.ground(random, palette, rows, columns).drawInto(large, covered);
        }
        Planes small = Bicubic.resize(large, height, width);
        for (int i = 0; i < small.values().length; i++) {
            small.values()[i] = Math.min(1, Math.max(0, small.values()[i]));
        }
        return small.quantized();
    }

    /** Density r^-3 between two bounds, by inversion. */
    private static double radius(RandomGenerator random, double smallest, double largest) {
        double near = 1 / (smallest * smallest);
        double far = 1 / (largest * largest);
        return 1 / Math.sqrt(near - random.nextDouble() * (near - far));
    }

    /** A few colours of low saturation around a common one, from dark to light. */
    private static float[][] palette(RandomGenerator random) {
        float[][] palette = new float[PALETTE][3];
        double tint = random.nextDouble();
        for (float[] colour : palette) {
            double hue = tint + 0.25 * random.nextGaussian();
            double saturation = 0.6 * random.nextDouble() * random.nextDouble();
            double light = 0.05 + 0.9 * random.nextDouble();
            for (int c = 0; c < 3; c++) {
                double wave = Math.cos(2 * Math.PI * (hue - c / 3.0));
                colour[c] = (float) (light * (1 + saturation * wave));
            }
        }
        return palette;
    }
}
