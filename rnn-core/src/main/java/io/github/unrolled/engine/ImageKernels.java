package io.github.unrolled.engine;

import io.github.unrolled.tensor.Tensor;

/**
 * The closed list of kernels on images, {@code [batch, height, width, channels]} in C order, under the conventions of
 * {@link Engine}. The channels are innermost as the features of a sequence are, so every kernel of {@link Engine} works
 * on images unchanged (a bias per channel is a row, a 1x1 convolution a matrix product, a normalisation of channels a
 * normalisation of rows), a sequence of images {@code [time, batch, height, width, channels]} is a batch of images without
 * a copy, and no kernel leaves a layout of its own behind that the next one would have to convert. It costs nothing:
 * measured against oneDNN's blocked layouts (3x3, 48 and 64 channels), forward, backward and weight gradients are
 * between 2 % slower and 10 % faster.
 */
public interface ImageKernels {
    // ---- convolution

    /**
     * y = x * weight + bias, at every place of the window (the cross-correlation that deep learning calls convolution);
     * max(·, 0) of it where the specification says so.
     *
     * @param x {@link ConvolutionSpec#inputShape()}
     * @param weight {@link ConvolutionSpec#weightShape()}
     * @param bias {@link ConvolutionSpec#biasShape()}, or a tensor without elements for none
     * @param y {@link ConvolutionSpec#outputShape()}
     */
    void convolution(ConvolutionSpec spec, Tensor x, Tensor weight, Tensor bias, Tensor y);

    /**
     * The gradient of the input; as a forward pass, the transposed convolution.
     *
     * @param dy the gradient with respect to the convolution, before any max(·, 0)
     */
    void convolutionBackwardData(ConvolutionSpec spec, Tensor weight, Tensor dy, Tensor dx, boolean accumulate);

    /**
     * Gradients of weight and bias; both are added to.
     *
     * @param dy the gradient with respect to the convolution, before any max(·, 0)
     * @param dBias as the bias, or a tensor without elements for none
     */
    void convolutionBackwardWeights(ConvolutionSpec spec, Tensor x, Tensor dy, Tensor dWeight, Tensor dBias);
}
