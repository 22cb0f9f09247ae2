package io.github.unrolled.engine;

import io.github.unrolled.tensor.Shape;
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

    // ---- pooling

    /** The shape of the workspace that {@link #pool} fills for the backward pass; empty where none is needed. */
    Shape poolWorkspace(PoolSpec spec);

    /**
     * The largest or the mean value that the window sees, for each channel.
     *
     * @param workspace of {@link #poolWorkspace}; its contents are this engine's own business
     */
    void pool(PoolSpec spec, Tensor x, Tensor y, Tensor workspace);

    /** Gradient of {@link #pool}. */
    void poolBackward(PoolSpec spec, Tensor workspace, Tensor dy, Tensor dx, boolean accumulate);

    // ---- moving

    /** Surrounds images by pixels: x {@code [batch, height, width, channels]}, y larger by the edges. */
    void pad(Edges edges, Border border, Tensor x, Tensor y);

    /** Gradient of {@link #pad}: every pixel of dy is added where it came from. With {@link Border#ZERO} cuts edges off. */
    void padBackward(Edges edges, Border border, Tensor dy, Tensor dx, boolean accumulate);

    /**
     * Channels become pixels (Shi et al. 2016): y[b, h·f + i, w·f + j, c] = x[b, h, w, c·f² + i·f + j]. x
     * {@code [batch, height, width, channels · f²]}, y {@code [batch, height · f, width · f, channels]}.
     */
    void pixelShuffle(int factor, Tensor x, Tensor y, boolean accumulate);

    /** Pixels become channels: inverse and gradient of {@link #pixelShuffle}, which is this one's. */
    void pixelUnshuffle(int factor, Tensor x, Tensor y, boolean accumulate);

    // ---- activation and normalisation

    /**
     * y = x where x > 0, slope · x elsewhere (He et al. 2015).
     *
     * @param slope {@code [channels]}, or one element for all channels
     */
    void prelu(Tensor x, Tensor slope, Tensor y);

    /** Gradients of {@link #prelu}; dx is overwritten, dSlope is added to. */
    void preluBackward(Tensor x, Tensor slope, Tensor dy, Tensor dx, Tensor dSlope);

    /**
     * Group normalisation (Wu and He 2018): y = (x - mean) / √(variance + ε) · gain + bias, with mean and variance over
     * all pixels and the channels of one group of one image; gain and bias {@code [channels]}. {@code statistics}
     * {@code [2, batch, groups]} receives mean and variance for the backward pass.
     *
     * @param groups into how many groups of neighbouring channels the channels fall: 1 normalises an image as a whole, as
     *     many as there are channels each channel on its own (instance normalisation)
     */
    void groupNorm(int groups, Tensor x, Tensor gain, Tensor bias, double epsilon, Tensor y, Tensor statistics);

    /** Gradients of {@link #groupNorm}; dx is overwritten, dGain and dBias are added to. */
    void groupNormBackward(
            int groups,
            Tensor x,
            Tensor gain,
            double epsilon,
            Tensor statistics,
            Tensor dy,
            Tensor dx,
            Tensor dGain,
            Tensor dBias);
}
