package io.github.unrolled.datasets.image;

import java.util.random.RandomGenerator;

/** One leaf of {@link DeadLeaves}: a shape with a colour, a fall of light and a texture. */
final class Leaf {
    private static final double STRAIGHT = 0.35;
    private static final double STRIPED = 0.3;
    private static final double GRAINED = 0.35;

    private final double centreY;
    private final double centreX;
    private final double radius;
    private final double flatness;
    private final boolean straight;
    private final double cosine;
    private final double sine;
    private final float[] colour;
    private final double fallY;
    private final double fallX;
    private final double stripes;
    private final double frequency;
    private final double phase;
    private final double grain;
    private final RandomGenerator grains;

    private Leaf(RandomGenerator random, float[][] palette, double centreY, double centreX, double radius) {
        this.centreY = centreY;
        this.centreX = centreX;
        this.radius = radius;
        this.straight = random.nextDouble() < STRAIGHT;
        this.flatness = straight ? 0.15 + 0.85 * random.nextDouble() : 0.6 + 0.4 * random.nextDouble();
        double angle = 2 * Math.PI * random.nextDouble();
        this.cosine = Math.cos(angle);
        this.sine = Math.sin(angle);
        float[] base = palette[random.nextInt(palette.length)];
        double lighter = 0.08 * random.nextGaussian();
        this.colour = new float[3];
        for (int c = 0; c < 3; c++) {
            colour[c] = (float) (base[c] + lighter + 0.02 * random.nextGaussian());
        }
        double fall = 0.15 * random.nextGaussian() / radius;
        double toward = 2 * Math.PI * random.nextDouble();
        this.fallY = fall * Math.sin(toward);
        this.fallX = fall * Math.cos(toward);
        this.stripes = random.nextDouble() < STRIPED ? 0.2 * random.nextDouble() : 0;
        // Periods from 5 to 40 of the rendered pixels, shorter ones in smaller leaves.
        this.frequency = 2 * Math.PI / (5 + 35 * random.nextDouble() * Math.min(1, radius / 60));
        this.phase = 2 * Math.PI * random.nextDouble();
        this.grain = random.nextDouble() < GRAINED ? 0.12 * random.nextDouble() : 0;
        this.grains = random;
    }

    static Leaf draw(RandomGenerator random, float[][] palette, int rows, int columns, double radius) {
        double y = -radius + (rows + 2 * radius) * random.nextDouble();
        double x = -radius + (columns + 2 * radius) * random.nextDouble();
        return new Leaf(random, palette, y, x, radius);
    }

    /** One that covers everything. */
    static Leaf ground(RandomGenerator random, float[][] palette, int rows, int columns) {
        return new Leaf(random, palette, rows / 2.0, columns / 2.0, 20.0 * (rows + columns));
    }

    /** Draws where nothing is yet; returns how many pixels that were. */
    int drawInto(Planes picture, boolean[] covered) {
        int width = picture.width();
        double reach = straight ? radius * Math.sqrt(2) : radius;
        int top = (int) Math.max(0, Math.floor(centreY - reach));
        int bottom = (int) Math.min(picture.height() - 1.0, Math.ceil(centreY + reach));
        int left = (int) Math.max(0, Math.floor(centreX - reach));
        int right = (int) Math.min(width - 1.0, Math.ceil(centreX + reach));
        int drawn = 0;
        for (int y = top; y <= bottom; y++) {
            for (int x = left; x <= right; x++) {
                int at = y * width + x;
                if (!covered[at] && contains(y - centreY, x - centreX)) {
                    covered[at] = true;
                    drawn++;
                    paint(picture, at, y - centreY, x - centreX);
                }
            }
        }
        return drawn;
    }

    private boolean contains(double y, double x) {
        double u = (cosine * x + sine * y) / radius;
        double v = (cosine * y - sine * x) / (radius * flatness);
        return straight ? Math.abs(u) <= 1 && Math.abs(v) <= 1 : u * u + v * v <= 1;
    }

    private void paint(Planes picture, int at, double y, double x) {
        double shade = fallY * y + fallX * x;
        if (stripes > 0) {
            shade += stripes * Math.sin(frequency * (cosine * x + sine * y) + phase);
        }
        if (grain > 0) {
            shade += grain * grains.nextGaussian();
        }
        for (int c = 0; c < 3; c++) {
            picture.values()[c * picture.area() + at] = colour[c] + (float) shade;
        }
    }
}
