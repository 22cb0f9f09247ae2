package io.github.unrolled.engine.reference;

import io.github.unrolled.tensor.Tensor;

/** Softmax of rows and its cross-entropy with integer targets. */
final class SoftmaxKernel {
    private SoftmaxKernel() {}

    static void softmax(Tensor x, Tensor y) {
        int n = x.shape().columns();
        Elements from = Elements.of(x);
        Elements to = Elements.of(y);
        for (int r = 0; r < x.shape().rows(); r++) {
            double normalizer = logSum(from, (long) r * n, n);
            for (int j = 0; j < n; j++) {
                to.set((long) r * n + j, Math.exp(from.get((long) r * n + j) - normalizer));
            }
        }
    }

    private static double logSum(Elements from, long start, int n) {
        double max = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < n; j++) {
            max = Math.max(max, from.get(start + j));
        }
        double sum = 0;
        for (int j = 0; j < n; j++) {
            sum += Math.exp(from.get(start + j) - max);
        }
        return max + Math.log(sum);
    }

    static void crossEntropy(Tensor logits, int[] targets, Tensor weights, Tensor probabilities, Tensor loss) {
        softmax(logits, probabilities);
        int n = logits.shape().columns();
        Elements from = Elements.of(logits);
        double total = 0;
        for (int r = 0; r < logits.shape().rows(); r++) {
            double weight = Elements.of(weights).get(r);
            if (weight != 0) {
                total += weight * (logSum(from, (long) r * n, n) - from.get((long) r * n + targets[r]));
            }
        }
        Elements.of(loss).set(0, total);
    }

    static void crossEntropyBackward(
            Tensor probabilities, int[] targets, Tensor weights, double dLoss, Tensor dLogits, boolean accumulate) {
        int n = probabilities.shape().columns();
        Elements p = Elements.of(probabilities);
        Elements to = Elements.of(dLogits);
        for (int r = 0; r < probabilities.shape().rows(); r++) {
            double weight = Elements.of(weights).get(r);
            for (int j = 0; j < n; j++) {
                double target = weight != 0 && j == targets[r] ? 1 : 0;
                double value = weight == 0 ? 0 : dLoss * weight * (p.get((long) r * n + j) - target);
                to.put((long) r * n + j, value, accumulate);
            }
        }
    }
}
