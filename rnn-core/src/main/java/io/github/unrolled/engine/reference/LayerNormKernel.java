package io.github.unrolled.engine.reference;

import io.github.unrolled.tensor.Tensor;

/** Layer normalisation of rows. */
final class LayerNormKernel {
    private LayerNormKernel() {}

    static void forward(Tensor x, Tensor gain, Tensor bias, double epsilon, Tensor y, Tensor statistics) {
        int rows = x.shape().rows();
        int n = x.shape().columns();
        Elements from = Elements.of(x);
        Elements to = Elements.of(y);
        Elements stats = Elements.of(statistics);
        for (int r = 0; r < rows; r++) {
            double mean = 0;
            for (int j = 0; j < n; j++) {
                mean += from.get((long) r * n + j) / n;
            }
            double variance = 0;
            for (int j = 0; j < n; j++) {
                double difference = from.get((long) r * n + j) - mean;
                variance += difference * difference / n;
            }
            stats.set(r, mean);
            stats.set((long) rows + r, variance);
            for (int j = 0; j < n; j++) {
                double normal = (from.get((long) r * n + j) - mean) / Math.sqrt(variance + epsilon);
                to.set(
                        (long) r * n + j,
                        normal * Elements.of(gain).get(j) + Elements.of(bias).get(j));
            }
        }
    }

    static void backward(
            Tensor x,
            Tensor gain,
            double epsilon,
            Tensor statistics,
            Tensor dy,
            Tensor dx,
            Tensor dGain,
            Tensor dBias) {
        int rows = x.shape().rows();
        int n = x.shape().columns();
        Elements from = Elements.of(x);
        Elements upstream = Elements.of(dy);
        Elements to = Elements.of(dx);
        Elements stats = Elements.of(statistics);
        Elements scale = Elements.of(gain);
        for (int r = 0; r < rows; r++) {
            double inverse = 1 / Math.sqrt(stats.get((long) rows + r) + epsilon);
            double[] normal = new double[n];
            double[] d = new double[n];
            double meanOfD = 0;
            double meanOfDNormal = 0;
            for (int j = 0; j < n; j++) {
                double g = upstream.get((long) r * n + j);
                normal[j] = (from.get((long) r * n + j) - stats.get(r)) * inverse;
                d[j] = g * scale.get(j);
                meanOfD += d[j] / n;
                meanOfDNormal += d[j] * normal[j] / n;
                Elements.of(dGain).add(j, g * normal[j]);
                Elements.of(dBias).add(j, g);
            }
            for (int j = 0; j < n; j++) {
                to.set((long) r * n + j, inverse * (d[j] - meanOfD - normal[j] * meanOfDNormal));
            }
        }
    }
}
