package io.github.unrolled.models.motion.skeleton;

/** The discrete cosine transform (type II, orthonormal): a curve as its slow and fast parts. */
final class Dct {
    private Dct() {}

    /**
     * The first rows of the transform's matrix, {@code [coefficients, length]} in C order: a curve times its transpose
     * gives coefficients, coefficients times it give the smoothed curve.
     */
    static float[] basis(int coefficients, int length) {
        float[] basis = new float[coefficients * length];
        for (int k = 0; k < coefficients; k++) {
            double scale = Math.sqrt((k == 0 ? 1.0 : 2.0) / length);
            for (int t = 0; t < length; t++) {
                basis[k * length + t] = (float) (scale * Math.cos(Math.PI * (2 * t + 1) * k / (2.0 * length)));
            }
        }
        return basis;
    }
}
