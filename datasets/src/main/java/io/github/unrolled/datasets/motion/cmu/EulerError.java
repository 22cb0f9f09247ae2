package io.github.unrolled.datasets.motion.cmu;

/**
 * The published error of a predicted frame: every joint's exponential map as Euler angles in radians, and the length of
 * the difference of all of them, the root's left out (Martinez et al. 2017; Li et al. 2018). The formulas are those of the
 * published code, small constants and branches included, so that its figures are met to the last digit.
 */
public final class EulerError {
    /** The root's position and rotation, which do not count. */
    private static final int FIRST_COLUMN = 6;

    /** Keeps the axis of no rotation finite. */
    private static final double TINY = 1e-7;

    private EulerError() {}

    /**
     * The error of one frame in radians.
     *
     * @param predicted a row of root position and exponential maps
     * @param truth a row of the same length
     */
    public static double of(float[] predicted, float[] truth) {
        if (predicted.length != truth.length || truth.length % 3 != 0) {
            throw new IllegalArgumentException("rows of " + predicted.length + " and " + truth.length
                    + " numbers cannot be compared; both have 3 + 3 · joints");
        }
        double[] a = new double[3];
        double[] b = new double[3];
        double sum = 0;
        for (int c = FIRST_COLUMN; c < truth.length; c += 3) {
            euler(predicted, c, a);
            euler(truth, c, b);
            for (int i = 0; i < 3; i++) {
                sum += (a[i] - b[i]) * (a[i] - b[i]);
            }
        }
        return Math.sqrt(sum);
    }

    /**
     * Euler angles of the exponential map in three columns.
     *
     * @param angles receives E1, E2, E3
     */
    static void euler(float[] row, int column, double[] angles) {
        double x = row[column];
        double y = row[column + 1];
        double z = row[column + 2];
        double angle = Math.sqrt(x * x + y * y + z * z);
        x /= angle + TINY;
        y /= angle + TINY;
        z /= angle + TINY;
        double s = Math.sin(angle);
        double c = 1 - Math.cos(angle);
        double r02 = s * y + c * x * z;
        double r01 = -s * z + c * x * y;
        double r12 = -s * x + c * y * z;
        if (Math.abs(r02) >= 1) {
            // Only the sum or difference of the other two is defined.
            double sign = Math.signum(r02);
            angles[0] = Math.atan2(r12, sign * r01);
            angles[1] = -sign * Math.PI / 2;
            angles[2] = 0;
            return;
        }
        double r00 = 1 - c * (y * y + z * z);
        double r22 = 1 - c * (x * x + y * y);
        angles[1] = -Math.asin(r02);
        double cosine = Math.cos(angles[1]);
        angles[0] = Math.atan2(r12 / cosine, r22 / cosine);
        angles[2] = Math.atan2(r01 / cosine, r00 / cosine);
    }
}
