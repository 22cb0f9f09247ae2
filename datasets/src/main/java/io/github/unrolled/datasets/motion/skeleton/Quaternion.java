package io.github.unrolled.datasets.motion.skeleton;

/**
 * w + x i + y j + z k. A rotation by θ about the unit axis u is cos(θ/2) + sin(θ/2) u; q and -q are the same rotation.
 *
 * @param w real part
 * @param x coefficient of i
 * @param y coefficient of j
 * @param z coefficient of k
 */
public record Quaternion(double w, double x, double y, double z) {
    /** The four-dimensional length; 1 for a rotation. */
    public double length() {
        return Math.sqrt(w * w + x * x + y * y + z * z);
    }

    /** The inner product with another one. */
    public double dot(Quaternion other) {
        return w * other.w + x * other.x + y * other.y + z * other.z;
    }

    /** This, {@code factor} times as long. */
    public Quaternion times(double factor) {
        return new Quaternion(factor * w, factor * x, factor * y, factor * z);
    }
}
