package io.github.unrolled.engine.onednn;

import io.github.unrolled.engine.ConvolutionSpec;
import io.github.unrolled.engine.ImageKernels;
import io.github.unrolled.tensor.Tensor;

/** The kernels on images on oneDNN, for one thread of the program. */
final class OnednnImageKernels implements ImageKernels {
    private final Context context;
    private final Convolution convolution;

    OnednnImageKernels(Context context, Elementwise elementwise) {
        this.context = context;
        this.convolution = new Convolution(context, elementwise);
    }

    @Override
    public void convolution(ConvolutionSpec spec, Tensor x, Tensor weight, Tensor bias, Tensor y) {
        context.checkThread();
        if (!spec.isEmpty()) {
            convolution.forward(spec, x, weight, bias, y);
        }
    }

    @Override
    public void convolutionBackwardData(ConvolutionSpec spec, Tensor weight, Tensor dy, Tensor dx, boolean accumulate) {
        context.checkThread();
        if (!spec.isEmpty()) {
            convolution.backwardData(spec, weight, dy, dx, accumulate);
        }
    }

    @Override
    public void convolutionBackwardWeights(ConvolutionSpec spec, Tensor x, Tensor dy, Tensor dWeight, Tensor dBias) {
        context.checkThread();
        if (!spec.isEmpty()) {
            convolution.backwardWeights(spec, x, dy, dWeight, dBias);
        }
    }
}
