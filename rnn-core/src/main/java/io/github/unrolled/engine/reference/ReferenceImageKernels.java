package io.github.unrolled.engine.reference;

import io.github.unrolled.engine.ConvolutionSpec;
import io.github.unrolled.engine.ImageKernels;
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
}
