package io.github.unrolled.engine;

import static io.github.unrolled.engine.Checks.same;

import io.github.unrolled.tensor.Tensor;

/** Checks the arguments of the kernels on images, as {@link CheckedEngine} does for the others. */
final class CheckedImageKernels implements ImageKernels {
    private final ImageKernels kernels;
    private final Checks checks;

    CheckedImageKernels(ImageKernels kernels, Checks checks) {
        this.kernels = kernels;
        this.checks = checks;
    }

    private static void bias(String kernel, String what, ConvolutionSpec spec, Tensor bias) {
        if (bias.elements() > 0) {
            same(kernel, what, bias.shape(), spec.biasShape());
        }
    }

    @Override
    public void convolution(ConvolutionSpec spec, Tensor x, Tensor weight, Tensor bias, Tensor y) {
        checks.types("convolution", x, weight, bias, y);
        same("convolution", "the input", x.shape(), spec.inputShape());
        same("convolution", "the weight", weight.shape(), spec.weightShape());
        bias("convolution", "the bias", spec, bias);
        same("convolution", "the result", y.shape(), spec.outputShape());
        Overlap.none("convolution", y, x, weight, bias);
        kernels.convolution(spec, x, weight, bias, y);
    }

    @Override
    public void convolutionBackwardData(ConvolutionSpec spec, Tensor weight, Tensor dy, Tensor dx, boolean accumulate) {
        checks.types("convolutionBackwardData", weight, dy, dx);
        same("convolutionBackwardData", "the weight", weight.shape(), spec.weightShape());
        same("convolutionBackwardData", "dy", dy.shape(), spec.outputShape());
        same("convolutionBackwardData", "dx", dx.shape(), spec.inputShape());
        Overlap.none("convolutionBackwardData", dx, weight, dy);
        kernels.convolutionBackwardData(spec, weight, dy, dx, accumulate);
    }

    @Override
    public void convolutionBackwardWeights(ConvolutionSpec spec, Tensor x, Tensor dy, Tensor dWeight, Tensor dBias) {
        checks.types("convolutionBackwardWeights", x, dy, dWeight, dBias);
        same("convolutionBackwardWeights", "the input", x.shape(), spec.inputShape());
        same("convolutionBackwardWeights", "dy", dy.shape(), spec.outputShape());
        same("convolutionBackwardWeights", "dWeight", dWeight.shape(), spec.weightShape());
        bias("convolutionBackwardWeights", "dBias", spec, dBias);
        Overlap.none("convolutionBackwardWeights", dWeight, x, dy, dBias);
        Overlap.none("convolutionBackwardWeights", dBias, x, dy);
        kernels.convolutionBackwardWeights(spec, x, dy, dWeight, dBias);
    }
}
