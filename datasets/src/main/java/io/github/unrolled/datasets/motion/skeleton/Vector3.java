package io.github.unrolled.datasets.motion.skeleton;

/**
 * A point, an offset or a rotation vector in space.
 *
 * @param x first coordinate
 * @param y second coordinate
 * @param z third coordinate
 */
public record Vector3(double x, double y, double z) {
    /** The origin. */
    public static final Vector3 ZERO = new Vector3(0, 0, 0);

    /** This plus another one. */
    public Vector3 plus(Vector3 other) {
        return new Vector3(x + other.x, y + other.y, z + other.z);
    }

    /** This minus another one. */
    public Vector3 minus(Vector3 other) {
        return new Vector3(x - other.x, y - other.y, z - other.z);
    }

    /** This, {@code factor} times as long. */
    public Vector3 times(double factor) {
        return new Vector3(factor * x, factor * y, factor * z);
    }

    /** The Euclidean length. */
    public double length() {
        return Math.sqrt(x * x + y * y + z * z);
    }

    /** The coordinate along an axis. */
    public double along(Axis axis) {
        return switch (axis) {
            case X -> x;
            case Y -> y;
            case Z -> z;
        };
    }

    /** This with another coordinate along an axis. */
    public Vector3 with(Axis axis, double value) {
        return switch (axis) {
            case X -> new Vector3(value, y, z);
            case Y -> new Vector3(x, value, z);
            case Z -> new Vector3(x, y, value);
        };
    }

    /** Whether every coordinate is a finite number. */
    public boolean isFinite() {
        return Double.isFinite(x) && Double.isFinite(y) && Double.isFinite(z);
    }
}
