package io.github.unrolled.models.motion.pedestrian;

import io.github.unrolled.datasets.motion.track.TrackWindow;

/**
 * A walker's own coordinates: the origin where it was observed last, the first axis in the direction in which it went. What
 * is computed in them moves and turns with the world.
 *
 * @param x of the origin, metres in the world
 * @param y of the origin
 * @param cos of the heading
 * @param sin of the heading
 */
record OwnFrame(double x, double y, double cos, double sin) {
    /** How many steps the heading looks back on: one alone is mostly noise where walkers are slow. */
    private static final int HEADING_STEPS = 2;

    /** The frame of a walker of a window; one that never moved keeps the world's axes. */
    static OwnFrame of(TrackWindow window, int walker) {
        int last = window.observed() - 1;
        double x = window.x(last, walker);
        double y = window.y(last, walker);
        for (int back = HEADING_STEPS; back <= last; back++) {
            double dx = x - window.x(last - back, walker);
            double dy = y - window.y(last - back, walker);
            double length = Math.hypot(dx, dy);
            if (length > 0) {
                return new OwnFrame(x, y, dx / length, dy / length);
            }
        }
        return new OwnFrame(x, y, 1, 0);
    }

    /** First coordinate of a vector of the world. */
    double along(double dx, double dy) {
        return cos * dx + sin * dy;
    }

    /** Second coordinate of a vector of the world. */
    double across(double dx, double dy) {
        return cos * dy - sin * dx;
    }

    /** x in the world of a place in this frame. */
    double worldX(double along, double across) {
        return x + cos * along - sin * across;
    }

    /** y in the world of a place in this frame. */
    double worldY(double along, double across) {
        return y + sin * along + cos * across;
    }
}
