package io.github.unrolled.engine.onednn;

import io.github.unrolled.engine.AdamStep;
import io.github.unrolled.tensor.Tensor;

/**
 * Updates of parameters: plain Java loops over pieces small enough for the cache. Every loop indexes all its arrays by
 * the bare loop variable and writes one of them: in JDK 17 and 25 only such loops become vector instructions.
 */
final class OptimizerKernels {
    private static final int PIECE = 4096;

    private final float[] gradient = new float[PIECE];
    private final float[] value = new float[PIECE];
    private final float[] first = new float[PIECE];
    private final float[] second = new float[PIECE];

    double sumOfSquares(Tensor x) {
        double total = 0;
        for (int from = 0; from < x.elements(); from += PIECE) {
            int count = read(x, from, gradient);
            double a = 0;
            double b = 0;
            double c = 0;
            double d = 0;
            int i = 0;
            for (; i + 3 < count; i += 4) {
                a += (double) gradient[i] * gradient[i];
                b += (double) gradient[i + 1] * gradient[i + 1];
                c += (double) gradient[i + 2] * gradient[i + 2];
                d += (double) gradient[i + 3] * gradient[i + 3];
            }
            for (; i < count; i++) {
                a += (double) gradient[i] * gradient[i];
            }
            total += a + b + c + d;
        }
        return total;
    }

    void adamW(Tensor gradients, AdamStep step, Tensor values, Tensor firstMoment, Tensor secondMoment) {
        float scale = (float) step.gradientScale();
        float keepFirst = (float) step.beta1();
        float keepSecond = (float) step.beta2();
        float decay = (float) (1 - step.rate() * step.weightDecay());
        float rate = (float) (step.rate() / step.correction1());
        float root = (float) (1 / Math.sqrt(step.correction2()));
        float epsilon = (float) step.epsilon();
        for (int from = 0; from < values.elements(); from += PIECE) {
            int count = read(gradients, from, gradient);
            read(values, from, value);
            read(firstMoment, from, first);
            read(secondMoment, from, second);
            multiply(gradient, scale, count);
            firstMoment(gradient, keepFirst, first, count);
            secondMoment(gradient, keepSecond, second, count);
            move(first, second, decay, rate, root, epsilon, value, count);
            write(value, values, from, count);
            write(first, firstMoment, from, count);
            write(second, secondMoment, from, count);
        }
    }

    private static void multiply(float[] x, float factor, int count) {
        for (int i = 0; i < count; i++) {
            x[i] *= factor;
        }
    }

    private static void firstMoment(float[] g, float keep, float[] m, int count) {
        for (int i = 0; i < count; i++) {
            m[i] = keep * m[i] + (1 - keep) * g[i];
        }
    }

    private static void secondMoment(float[] g, float keep, float[] v, int count) {
        for (int i = 0; i < count; i++) {
            v[i] = keep * v[i] + (1 - keep) * (g[i] * g[i]);
        }
    }

    private static void move(
            float[] m, float[] v, float decay, float rate, float root, float epsilon, float[] p, int count) {
        for (int i = 0; i < count; i++) {
            p[i] = decay * p[i] - rate * m[i] / ((float) Math.sqrt(v[i]) * root + epsilon);
        }
    }

    void sgd(
            Tensor gradients,
            double rate,
            double momentum,
            double weightDecay,
            double gradientScale,
            Tensor values,
            Tensor velocity) {
        float scale = (float) gradientScale;
        float decay = (float) weightDecay;
        float keep = (float) momentum;
        float step = (float) rate;
        for (int from = 0; from < values.elements(); from += PIECE) {
            int count = read(gradients, from, gradient);
            read(values, from, value);
            read(velocity, from, first);
            for (int i = 0; i < count; i++) {
                first[i] = keep * first[i] + (scale * gradient[i] + decay * value[i]);
            }
            for (int i = 0; i < count; i++) {
                value[i] -= step * first[i];
            }
            write(value, values, from, count);
            write(first, velocity, from, count);
        }
    }

    void average(Tensor values, double weight, Tensor averages) {
        float share = (float) weight;
        for (int from = 0; from < values.elements(); from += PIECE) {
            int count = read(values, from, value);
            read(averages, from, first);
            for (int i = 0; i < count; i++) {
                first[i] += share * (value[i] - first[i]);
            }
            write(first, averages, from, count);
        }
    }

    private static int read(Tensor source, int from, float[] piece) {
        int count = (int) Math.min(PIECE, source.elements() - from);
        source.memory().read(source.offset() + from, piece, 0, count);
        return count;
    }

    private static void write(float[] piece, Tensor target, int from, int count) {
        target.memory().write(target.offset() + from, piece, 0, count);
    }
}
