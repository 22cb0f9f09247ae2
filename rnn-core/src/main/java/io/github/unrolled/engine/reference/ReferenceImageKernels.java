package io.github.unrolled.engine.reference;

import io.github.unrolled.engine.Border;
import io.github.unrolled.engine.ConvolutionSpec;
import io.github.unrolled.engine.Edges;
import io.github.unrolled.engine.ImageKernels;
import io.github.unrolled.engine.PoolSpec;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;

/** Every kernel on images as its definition says. */
final class ReferenceImageKernels implements ImageKernels {
    @Override
    public void convolution(ConvolutionSpec spec, Tensor x, Tensor weight, Tensor bias, Tensor y) {
        Elements in = Elements.of(x);
        Elements w = Elements.of(weight);
        Elements b = Elements.of(bias);
        Elements out = Elements.of(y);
        double[] sums = new double[Math.toIntExact(y.elements())];
        ConvolutionTaps.visit(spec, (i, k, o) -> sums[o] += in.get(i) * w.get(k));
        for (int o = 0; o < sums.length; o++) {
            double sum = sums[o] + (bias.elements() == 0 ? 0 : b.get(o % spec.outChannels()));
            out.set(o, spec.relu() ? Math.max(0, sum) : sum);
        }
    }

    @Override
    public void convolutionBackwardData(ConvolutionSpec spec, Tensor weight, Tensor dy, Tensor dx, boolean accumulate) {
        Elements w = Elements.of(weight);
        Elements upstream = Elements.of(dy);
        Elements to = Elements.of(dx);
        double[] sums = new double[Math.toIntExact(dx.elements())];
        ConvolutionTaps.visit(spec, (i, k, o) -> sums[i] += upstream.get(o) * w.get(k));
        for (int i = 0; i < sums.length; i++) {
            to.put(i, sums[i], accumulate);
        }
    }

    @Override
    public void convolutionBackwardWeights(ConvolutionSpec spec, Tensor x, Tensor dy, Tensor dWeight, Tensor dBias) {
        Elements in = Elements.of(x);
        Elements upstream = Elements.of(dy);
        double[] sums = new double[Math.toIntExact(dWeight.elements())];
        ConvolutionTaps.visit(spec, (i, k, o) -> sums[k] += upstream.get(o) * in.get(i));
        Elements ofWeight = Elements.of(dWeight);
        for (int k = 0; k < sums.length; k++) {
            ofWeight.add(k, sums[k]);
        }
        if (dBias.elements() > 0) {
            Elements ofBias = Elements.of(dBias);
            for (long o = 0; o < dy.elements(); o++) {
                ofBias.add(o % spec.outChannels(), upstream.get(o));
            }
        }
    }

    @Override
    public Shape poolWorkspace(PoolSpec spec) {
        return PoolKernel.workspace(spec);
    }

    @Override
    public void pool(PoolSpec spec, Tensor x, Tensor y, Tensor workspace) {
        PoolKernel.forward(spec, x, y, workspace);
    }

    @Override
    public void poolBackward(PoolSpec spec, Tensor workspace, Tensor dy, Tensor dx, boolean accumulate) {
        PoolKernel.backward(spec, workspace, dy, dx, accumulate);
    }

    /** Receives an element of the padded image and the one that it comes from, {@link Border#NOWHERE} for zeros. */
    @FunctionalInterface
    private interface Padded {
        void element(int outer, int inner);
    }

    private static void visit(Edges edges, Border border, Shape image, Padded padded) {
        Shape around = edges.around(image);
        int index = 0;
        for (int b = 0; b < around.dim(0); b++) {
            for (int h = 0; h < around.dim(1); h++) {
                int y = border.source(h - edges.top(), image.dim(1));
                for (int w = 0; w < around.dim(2); w++) {
                    int x = border.source(w - edges.left(), image.dim(2));
                    boolean nowhere = y == Border.NOWHERE || x == Border.NOWHERE;
                    for (int c = 0; c < around.dim(3); c++) {
                        int inner = ((b * image.dim(1) + y) * image.dim(2) + x) * image.dim(3) + c;
                        padded.element(index++, nowhere ? Border.NOWHERE : inner);
                    }
                }
            }
        }
    }

    @Override
    public void pad(Edges edges, Border border, Tensor x, Tensor y) {
        Elements from = Elements.of(x);
        Elements to = Elements.of(y);
        visit(edges, border, x.shape(), (outer, inner) -> to.set(outer, inner == Border.NOWHERE ? 0 : from.get(inner)));
    }

    @Override
    public void padBackward(Edges edges, Border border, Tensor dy, Tensor dx, boolean accumulate) {
        double[] sums = new double[Math.toIntExact(dx.elements())];
        Elements from = Elements.of(dy);
        visit(edges, border, dx.shape(), (outer, inner) -> {
            if (inner != Border.NOWHERE) {
                sums[inner] += from.get(outer);
            }
        });
        Elements to = Elements.of(dx);
        for (int i = 0; i < sums.length; i++) {
            to.put(i, sums[i], accumulate);
        }
    }

    /** Where the channel {@code c · f² + i · f + j} of each pixel lies among the pixels. */
    private static int[] shuffled(int factor, Shape channels) {
        int square = factor * factor;
        int columns = channels.dim(2) * factor;
        int kept = channels.dim(3) / square;
        int[] places = new int[Math.toIntExact(channels.elements())];
        int index = 0;
        for (int row = 0; row < channels.dim(0) * channels.dim(1); row++) {
            for (int w = 0; w < channels.dim(2); w++) {
                for (int c = 0; c < channels.dim(3); c++) {
                    int y = row * factor + c % square / factor;
                    int x = w * factor + c % factor;
                    places[index++] = (y * columns + x) * kept + c / square;
                }
            }
        }
        return places;
    }

    @Override
    public void pixelShuffle(int factor, Tensor x, Tensor y, boolean accumulate) {
        int[] places = shuffled(factor, x.shape());
        Elements from = Elements.of(x);
        Elements to = Elements.of(y);
        for (int i = 0; i < places.length; i++) {
            to.put(places[i], from.get(i), accumulate);
        }
    }

    @Override
    public void pixelUnshuffle(int factor, Tensor x, Tensor y, boolean accumulate) {
        int[] places = shuffled(factor, y.shape());
        Elements from = Elements.of(x);
        Elements to = Elements.of(y);
        for (int i = 0; i < places.length; i++) {
            to.put(i, from.get(places[i]), accumulate);
        }
    }

    @Override
    public void prelu(Tensor x, Tensor slope, Tensor y) {
        Elements from = Elements.of(x);
        Elements to = Elements.of(y);
        for (long i = 0; i < x.elements(); i++) {
            double value = from.get(i);
            to.set(i, value > 0 ? value : value * Elements.of(slope).get(i % slope.elements()));
        }
    }

    @Override
    public void preluBackward(Tensor x, Tensor slope, Tensor dy, Tensor dx, Tensor dSlope) {
        Elements from = Elements.of(x);
        Elements upstream = Elements.of(dy);
        Elements to = Elements.of(dx);
        for (long i = 0; i < x.elements(); i++) {
            long channel = i % slope.elements();
            boolean positive = from.get(i) > 0;
            to.set(i, upstream.get(i) * (positive ? 1 : Elements.of(slope).get(channel)));
            Elements.of(dSlope).add(channel, positive ? 0 : upstream.get(i) * from.get(i));
        }
    }

    @Override
    public void groupNorm(int groups, Tensor x, Tensor gain, Tensor bias, double epsilon, Tensor y, Tensor statistics) {
        GroupNormKernel.forward(groups, x, gain, bias, epsilon, y, statistics);
    }

    @Override
    public void groupNormBackward(
            int groups,
            Tensor x,
            Tensor gain,
            double epsilon,
            Tensor statistics,
            Tensor dy,
            Tensor dx,
            Tensor dGain,
            Tensor dBias) {
        GroupNormKernel.backward(groups, x, gain, epsilon, statistics, dy, dx, dGain, dBias);
    }
}
