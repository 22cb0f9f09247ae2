package io.github.unrolled.datasets.video.shapes;

import java.util.random.RandomGenerator;

/**
 * How something moves: straight, thrown back at the upper and lower edge, and at two lines beyond the left and right edge,
 * so that it leaves and returns.
 */
record Track(double x, double y, double velocityX, double velocityY, double radius, int brightness) {
    /** How far beyond the edge the centre goes before it turns, in radii. */
    private static final double BEYOND = 2.2;

    static Track draw(RandomGenerator random, int side) {
        double radius = side * (0.14 + 0.04 * random.nextDouble());
        double angle = 2 * Math.PI * random.nextDouble();
        double speed = side * (0.02 + 0.025 * random.nextDouble());
        double room = side - 2 * radius - 2;
        return new Track(
                radius + 1 + room * random.nextDouble(),
                radius + 1 + room * random.nextDouble(),
                speed * Math.cos(angle),
                speed * Math.sin(angle),
                radius,
                190 + random.nextInt(60));
    }

    /** The centre after a number of frames. */
    double xAfter(int frames, int side) {
        return bounced(x + frames * velocityX, -BEYOND * radius, side + BEYOND * radius);
    }

    /** The centre after a number of frames. */
    double yAfter(int frames, int side) {
        return bounced(y + frames * velocityY, radius, side - radius);
    }

    private static double bounced(double free, double low, double high) {
        double span = high - low;
        double phase = (free - low) % (2 * span);
        double positive = phase < 0 ? phase + 2 * span : phase;
        return low + (positive <= span ? positive : 2 * span - positive);
    }
}
