package io.github.unrolled.nn;

import java.util.random.RandomGenerator;

/** Draws matrices whose shorter side is orthonormal: Gram and Schmidt's method on normal vectors. */
final class Orthogonal {
    private Orthogonal() {}

    static double[][] draw(int rows, int columns, RandomGenerator random) {
        if (rows > columns) {
            double[][] transposed = draw(columns, rows, random);
            double[][] matrix = new double[rows][columns];
            for (int r = 0; r < rows; r++) {
                for (int c = 0; c < columns; c++) {
                    matrix[r][c] = transposed[c][r];
                }
            }
            return matrix;
        }
        double[][] matrix = new double[rows][columns];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                matrix[r][c] = random.nextGaussian();
            }
            // Twice is enough (Giraud, Langou and Rozloznik 2005): the second pass removes what rounding left.
            for (int pass = 0; pass < 2; pass++) {
                for (int before = 0; before < r; before++) {
                    subtract(matrix[r], matrix[before], dot(matrix[r], matrix[before]));
                }
            }
            scale(matrix[r], 1 / Math.sqrt(dot(matrix[r], matrix[r])));
        }
        return matrix;
    }

    private static double dot(double[] a, double[] b) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 3 < a.length; i += 4) {
            s0 += a[i] * b[i];
            s1 += a[i + 1] * b[i + 1];
            s2 += a[i + 2] * b[i + 2];
            s3 += a[i + 3] * b[i + 3];
        }
        for (; i < a.length; i++) {
            s0 += a[i] * b[i];
        }
        return s0 + s1 + s2 + s3;
    }

    private static void subtract(double[] from, double[] vector, double factor) {
        for (int i = 0; i < from.length; i++) {
            from[i] -= factor * vector[i];
        }
    }

    private static void scale(double[] vector, double factor) {
        for (int i = 0; i < vector.length; i++) {
            vector[i] *= factor;
        }
    }
}
