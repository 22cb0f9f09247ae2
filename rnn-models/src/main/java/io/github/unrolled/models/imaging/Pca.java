package io.github.unrolled.models.imaging;

import io.github.unrolled.datasets.image.IdxFile;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.random.Seed;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;
import java.util.random.RandomGenerator;

/**
 * Principal components of small pictures: the best linear code of a size, which an autoencoder has to beat. Found by
 * orthogonal iteration on the covariance (Golub and Van Loan, algorithm 8.2.8), which needs only the leading ones.
 */
public final class Pca {
    private static final int AT_ONCE = 2000;
    private static final int ITERATIONS = 120;
    /** More directions than wanted make the wanted ones converge faster. */
    private static final int SPARE = 16;

    private final double[] mean;
    private final double[][] components;

    private Pca(double[] mean, double[][] components) {
        this.mean = mean;
        this.components = components;
    }

    /**
     * The leading components of pictures.
     *
     * @param code how many; at most the number of pixels
     */
    public static Pca fit(Engine engine, IdxFile pictures, int code) {
        int area = pictures.area();
        double[] mean = new double[area];
        double[][] covariance = new double[area][area];
        for (int from = 0; from < pictures.count(); from += AT_ONCE) {
            IdxFile part = pictures.slice(from, Math.min(pictures.count(), from + AT_ONCE));
            for (int i = 0; i < part.values().length; i++) {
                mean[i % area] += part.values()[i] / pictures.count();
            }
            addProducts(engine, part, covariance, pictures.count());
        }
        for (int i = 0; i < area; i++) {
            for (int j = 0; j < area; j++) {
                covariance[i][j] -= mean[i] * mean[j];
            }
        }
        int wanted = Math.min(area, code + SPARE);
        double[][] found = new double[wanted][area];
        RandomGenerator random = new Seed(1).generator();
        for (double[] direction : found) {
            for (int i = 0; i < area; i++) {
                direction[i] = random.nextGaussian();
            }
        }
        orthonormalize(found);
        for (int i = 0; i < ITERATIONS; i++) {
            for (int k = 0; k < wanted; k++) {
                found[k] = product(covariance, found[k]);
            }
            orthonormalize(found);
        }
        return new Pca(mean, java.util.Arrays.copyOf(found, Math.min(code, area)));
    }

    /** covariance += xᵀ·x / count. */
    private static void addProducts(Engine engine, IdxFile part, double[][] covariance, int count) {
        int area = part.area();
        try (Tensor x = Tensor.allocate(engine.backend(), Shape.of(part.count(), area));
                Tensor products = Tensor.allocate(engine.backend(), Shape.of(area, area))) {
            x.set(part.values());
            engine.matmul(x, true, x, false, products, false);
            float[] values = products.toFloats();
            for (int i = 0; i < area; i++) {
                for (int j = 0; j < area; j++) {
                    covariance[i][j] += values[i * area + j] / count;
                }
            }
        }
    }

    private static double[] product(double[][] matrix, double[] vector) {
        double[] result = new double[vector.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = dot(matrix[i], vector);
        }
        return result;
    }

    /** Gram and Schmidt, each direction against those before it. */
    private static void orthonormalize(double[][] directions) {
        for (int k = 0; k < directions.length; k++) {
            for (int before = 0; before < k; before++) {
                double part = dot(directions[k], directions[before]);
                for (int i = 0; i < directions[k].length; i++) {
                    directions[k][i] -= part * directions[before][i];
                }
            }
            double length = Math.sqrt(dot(directions[k], directions[k]));
            for (int i = 0; i < directions[k].length; i++) {
                directions[k][i] /= Math.max(length, 1e-300);
            }
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** Pictures that went through the code; not clipped. */
    public IdxFile reconstruct(IdxFile pictures) {
        int area = pictures.area();
        float[] result = new float[pictures.values().length];
        double[] centred = new double[area];
        double[] drawn = new double[area];
        for (int n = 0; n < pictures.count(); n++) {
            for (int i = 0; i < area; i++) {
                centred[i] = pictures.values()[n * area + i] - mean[i];
            }
            System.arraycopy(mean, 0, drawn, 0, area);
            for (double[] component : components) {
                double part = dot(component, centred);
                for (int i = 0; i < area; i++) {
                    drawn[i] += part * component[i];
                }
            }
            for (int i = 0; i < area; i++) {
                result[n * area + i] = (float) drawn[i];
            }
        }
        return new IdxFile(pictures.count(), pictures.height(), pictures.width(), result);
    }
}
