package io.github.unrolled.engine.reference;

import io.github.unrolled.tensor.Tensor;

/** Group normalisation of images. */
final class GroupNormKernel {
    private GroupNormKernel() {}

    @FunctionalInterface
    private interface Element {
        void visit(long index, int channel);
    }

    /** All elements of one group of one image. */
    private static void visit(Tensor x, int groups, int image, int group, Element element) {
        int channels = x.shape().dim(3);
        int size = channels / groups;
        long pixels = (long) x.shape().dim(1) * x.shape().dim(2);
        for (long p = 0; p < pixels; p++) {
            for (int c = group * size; c < (group + 1) * size; c++) {
                element.visit((image * pixels + p) * channels + c, c);
            }
        }
    }

    static void forward(int groups, Tensor x, Tensor gain, Tensor bias, double epsilon, Tensor y, Tensor statistics) {
        int batch = x.shape().dim(0);
        Elements from = Elements.of(x);
        Elements to = Elements.of(y);
        Elements stats = Elements.of(statistics);
        for (int image = 0; image < batch; image++) {
            for (int group = 0; group < groups; group++) {
                double n = x.elements() / (double) batch / groups;
                double[] sum = new double[1];
                visit(x, groups, image, group, (i, c) -> sum[0] += from.get(i));
                double mean = n == 0 ? 0 : sum[0] / n;
                sum[0] = 0;
                visit(x, groups, image, group, (i, c) -> sum[0] += (from.get(i) - mean) * (from.get(i) - mean));
                double variance = n == 0 ? 0 : sum[0] / n;
                int place = image * groups + group;
                stats.set(place, mean);
                stats.set((long) batch * groups + place, variance);
                double inverse = 1 / Math.sqrt(variance + epsilon);
                visit(
                        x,
                        groups,
                        image,
                        group,
                        (i, c) -> to.set(
                                i,
                                (from.get(i) - mean)
                                                * inverse
                                                * Elements.of(gain).get(c)
                                        + Elements.of(bias).get(c)));
            }
        }
    }

    static void backward(
            int groups,
            Tensor x,
            Tensor gain,
            double epsilon,
            Tensor statistics,
            Tensor dy,
            Tensor dx,
            Tensor dGain,
            Tensor dBias) {
        int batch = x.shape().dim(0);
        Elements from = Elements.of(x);
        Elements upstream = Elements.of(dy);
        Elements to = Elements.of(dx);
        Elements stats = Elements.of(statistics);
        Elements scale = Elements.of(gain);
        for (int image = 0; image < batch; image++) {
            for (int group = 0; group < groups; group++) {
                int place = image * groups + group;
                double mean = stats.get(place);
                double inverse = 1 / Math.sqrt(stats.get((long) batch * groups + place) + epsilon);
                double n = x.elements() / (double) batch / groups;
                double[] means = new double[2];
                visit(x, groups, image, group, (i, c) -> {
                    double normal = (from.get(i) - mean) * inverse;
                    double d = upstream.get(i) * scale.get(c);
                    means[0] += d / n;
                    means[1] += d * normal / n;
                    Elements.of(dGain).add(c, upstream.get(i) * normal);
                    Elements.of(dBias).add(c, upstream.get(i));
                });
                visit(x, groups, image, group, (i, c) -> {
                    double normal = (from.get(i) - mean) * inverse;
                    to.set(i, inverse * (upstream.get(i) * scale.get(c) - means[0] - normal * means[1]));
                });
            }
        }
    }
}
