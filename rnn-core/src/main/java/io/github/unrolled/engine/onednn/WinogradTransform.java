package io.github.unrolled.engine.onednn;

import java.util.List;

/**
 * A matrix of Winograd's minimal filtering F(4, 3): four outputs of a filter of three taps by six products instead of
 * twelve, y = Aᵀ [(G w) ⊙ (Bᵀ x)]. In two dimensions, every matrix is applied to the rows and to the columns. Source: Lavin
 * and Gray, "Fast Algorithms for Convolutional Neural Networks" (2016), equation 8, with other points.
 *
 * <p>The products are the values of two polynomials at 0, ±3/4, ±3/2 and infinity. With the usual 0, ±1, ±2, single
 * precision errs twice as much on average and four times as much at worst (64 channels, rectified normal inputs: a root mean
 * square of 1.4e-6 of the outputs against 6.9e-7; a sum of products as it is written has 2.2e-7).
 *
 * <p>Vectors lie across arrays: element i of a vector is array i, whose own elements are many places and channels. A matrix
 * is a list of short loops, each of which Java 17 turns into vector instructions, as it does not with a long one that makes
 * all elements at once.
 */
final class WinogradTransform {
    /** Outputs of a tile in each direction. */
    static final int TILE = 4;
    /** Taps of the filter in each direction. */
    static final int TAPS = 3;
    /** Inputs of a tile, and points, in each direction. */
    static final int POINTS = TILE + TAPS - 1;
    /** Products that a tile takes for each pair of channels. */
    static final int PRODUCTS = POINTS * POINTS;

    // All powers are exact in single precision.
    private static final float A = 0.75f;
    private static final float B = 1.5f;
    private static final float A2 = A * A;
    private static final float B2 = B * B;
    private static final float A3 = A2 * A;
    private static final float B3 = B2 * B;

    /** The first column of G: one over the product of a point's distances to the other ones. */
    private static final float AT_ZERO = 1 / (A2 * B2);

    private static final float AT_A = 1 / (2 * A2 * (A2 - B2));
    private static final float AT_B = 1 / (2 * B2 * (B2 - A2));

    /** Bᵀ: from 6 pixels to 6 points. */
    static final WinogradTransform INPUT = new WinogradTransform(
            POINTS,
            POINTS,
            (x, p, n) -> polynomial(x[0], x[2], x[4], p[0], n),
            (x, p, n) -> values(x[1], x[2], x[3], x[4], B2, A, p[1], p[2], n),
            (x, p, n) -> values(x[1], x[2], x[3], x[4], A2, B, p[3], p[4], n),
            (x, p, n) -> polynomial(x[1], x[3], x[5], p[5], n));

    /** Aᵀ: from 6 points to 4 pixels. */
    static final WinogradTransform OUTPUT = new WinogradTransform(
            POINTS,
            TILE,
            (p, y, n) -> sum(p[0], p[1], p[2], p[3], p[4], 1, 1, 1, y[0], n),
            (p, y, n) -> difference(p[1], p[2], p[3], p[4], A, B, y[1], n),
            (p, y, n) -> sum(p[1], p[2], p[3], p[4], A2, B2, y[2], n),
            (p, y, n) -> difference(p[1], p[2], p[3], p[4], p[5], A3, B3, y[3], n));

    /** A: gradients of 4 pixels back to 6 points. */
    static final WinogradTransform OUTPUT_GRADIENT = new WinogradTransform(
            TILE,
            POINTS,
            (y, p, n) -> System.arraycopy(y[0], 0, p[0], 0, n),
            (y, p, n) -> values(y[0], y[1], y[2], y[3], A, A2, A3, p[1], p[2], n),
            (y, p, n) -> values(y[0], y[1], y[2], y[3], B, B2, B3, p[3], p[4], n),
            (y, p, n) -> System.arraycopy(y[3], 0, p[5], 0, n));

    /** G: from 3 taps to 6 points. */
    static final WinogradTransform WEIGHT = new WinogradTransform(
            TAPS,
            POINTS,
            (w, p, n) -> scale(w[0], AT_ZERO, p[0], n),
            (w, p, n) -> values(w[0], w[1], w[2], AT_A, AT_A * A, AT_A * A2, p[1], p[2], n),
            (w, p, n) -> values(w[0], w[1], w[2], AT_B, AT_B * B, AT_B * B2, p[3], p[4], n),
            (w, p, n) -> System.arraycopy(w[2], 0, p[5], 0, n));

    /** Gᵀ: gradients of 6 points back to 3 taps. */
    static final WinogradTransform WEIGHT_GRADIENT = new WinogradTransform(
            POINTS,
            TAPS,
            (p, w, n) -> sum(p[0], p[1], p[2], p[3], p[4], AT_ZERO, AT_A, AT_B, w[0], n),
            (p, w, n) -> difference(p[1], p[2], p[3], p[4], AT_A * A, AT_B * B, w[1], n),
            (p, w, n) -> sum(p[5], p[1], p[2], p[3], p[4], 1, AT_A * A2, AT_B * B2, w[2], n));

    /** Some elements of the result: a loop over {@code n} places and channels. */
    @FunctionalInterface
    private interface Step {
        void apply(float[][] from, float[][] to, int n);
    }

    private final int from;
    private final int to;
    private final List<Step> steps;

    private WinogradTransform(int from, int to, Step... steps) {
        this.from = from;
        this.to = to;
        this.steps = List.of(steps);
    }

    /** How many elements a vector has before it is transformed. */
    int from() {
        return from;
    }

    /** How many it has afterwards. */
    int to() {
        return to;
    }

    /** Multiplies vectors {@code from}, not modified, of {@code count} places and channels. */
    void apply(float[][] from, float[][] to, int count) {
        for (Step step : steps) {
            step.apply(from, to, count);
        }
    }

    private static void scale(float[] x, float factor, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = factor * x[i];
        }
    }

    /** x⁴ - (A² + B²) x² + A² B², which is zero at all points but one. */
    private static void polynomial(float[] x0, float[] x2, float[] x4, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = A2 * B2 * x0[i] - (A2 + B2) * x2[i] + x4[i];
        }
    }

    /** (x² - others) (x ± point) x, which is zero at all points but one. */
    private static void values(
            float[] x1,
            float[] x2,
            float[] x3,
            float[] x4,
            float others,
            float point,
            float[] plus,
            float[] minus,
            int n) {
        for (int i = 0; i < n; i++) {
            float even = x4[i] - others * x2[i];
            float odd = point * (x3[i] - others * x1[i]);
            plus[i] = even + odd;
            minus[i] = even - odd;
        }
    }

    private static void values(
            float[] x0, float[] x1, float[] x2, float c0, float c1, float c2, float[] plus, float[] minus, int n) {
        for (int i = 0; i < n; i++) {
            float even = c0 * x0[i] + c2 * x2[i];
            float odd = c1 * x1[i];
            plus[i] = even + odd;
            minus[i] = even - odd;
        }
    }

    private static void values(
            float[] x0,
            float[] x1,
            float[] x2,
            float[] x3,
            float c1,
            float c2,
            float c3,
            float[] plus,
            float[] minus,
            int n) {
        for (int i = 0; i < n; i++) {
            float even = x0[i] + c2 * x2[i];
            float odd = c1 * x1[i] + c3 * x3[i];
            plus[i] = even + odd;
            minus[i] = even - odd;
        }
    }

    private static void sum(float[] p1, float[] p2, float[] p3, float[] p4, float a, float b, float[] y, int n) {
        float minusB = -b;
        for (int i = 0; i < n; i++) {
            // Java 17 uses vectors for a difference of two products, and not for such a sum.
            y[i] = a * (p1[i] + p2[i]) - minusB * (p3[i] + p4[i]);
        }
    }

    private static void sum(
            float[] p0,
            float[] p1,
            float[] p2,
            float[] p3,
            float[] p4,
            float first,
            float a,
            float b,
            float[] y,
            int n) {
        for (int i = 0; i < n; i++) {
            y[i] = first * p0[i] + a * (p1[i] + p2[i]) + b * (p3[i] + p4[i]);
        }
    }

    private static void difference(float[] p1, float[] p2, float[] p3, float[] p4, float a, float b, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = a * (p1[i] - p2[i]) - b * (p4[i] - p3[i]);
        }
    }

    private static void difference(
            float[] p1, float[] p2, float[] p3, float[] p4, float[] p5, float a, float b, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = a * (p1[i] - p2[i]) + b * (p3[i] - p4[i]) + p5[i];
        }
    }
}
