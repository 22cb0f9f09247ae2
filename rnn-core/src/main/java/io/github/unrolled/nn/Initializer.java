package io.github.unrolled.nn;

import io.github.unrolled.tensor.Shape;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** How a parameter begins. */
@FunctionalInterface
public interface Initializer {
    /** Values in C order for a parameter of the given shape. */
    double[] draw(Shape shape, RandomGenerator random);

    /** The same value everywhere. */
    static Initializer constant(double value) {
        return (shape, random) -> {
            double[] values = new double[Math.toIntExact(shape.elements())];
            Arrays.fill(values, value);
            return values;
        };
    }

    /** Zeros. */
    static Initializer zeros() {
        return constant(0);
    }

    /** Uniform between -bound and bound. */
    static Initializer uniform(double bound) {
        return (shape, random) -> {
            double[] values = new double[Math.toIntExact(shape.elements())];
            for (int i = 0; i < values.length; i++) {
                values[i] = (2 * random.nextDouble() - 1) * bound;
            }
            return values;
        };
    }

    /** Normal with the given standard deviation. */
    static Initializer normal(double deviation) {
        return (shape, random) -> {
            double[] values = new double[Math.toIntExact(shape.elements())];
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextGaussian() * deviation;
            }
            return values;
        };
    }

    /**
     * Uniform between ±√(6 / (in + out)) for a matrix of {@code blocks} gates side by side, each {@code [in, out]} (Glorot
     * and Bengio 2010, equation 16).
     */
    static Initializer glorot(int blocks) {
        return (shape, random) -> uniform(Math.sqrt(6.0 / (shape.rows() + shape.columns() / (double) blocks)))
                .draw(shape, random);
    }

    /**
     * Normal with variance 2 / in for weights {@code [.., out]} of which {@code in} rows meet in each result: activations
     * rectified by max(·, 0) keep their scale through depth (He et al. 2015, equation 10).
     */
    static Initializer he() {
        return (shape, random) -> normal(Math.sqrt(2.0 / shape.rows())).draw(shape, random);
    }

    /**
     * A random orthogonal matrix for each of {@code blocks} square gates side by side (Saxe, McClelland and Ganguli 2014):
     * repeated multiplication neither grows nor shrinks a state.
     */
    static Initializer orthogonal(int blocks) {
        return (shape, random) -> {
            int rows = shape.rows();
            int width = shape.columns() / blocks;
            double[] values = new double[Math.toIntExact(shape.elements())];
            for (int block = 0; block < blocks; block++) {
                double[][] matrix = Orthogonal.draw(rows, width, random);
                for (int r = 0; r < rows; r++) {
                    System.arraycopy(matrix[r], 0, values, r * shape.columns() + block * width, width);
                }
            }
            return values;
        };
    }

    /** Zeros, but {@code value} in one of {@code blocks} blocks: the forget gate's bias. */
    static Initializer block(int blocks, int index, double value) {
        return (shape, random) -> {
            int width = shape.columns() / blocks;
            double[] values = new double[Math.toIntExact(shape.elements())];
            Arrays.fill(values, index * width, (index + 1) * width, value);
            return values;
        };
    }
}
