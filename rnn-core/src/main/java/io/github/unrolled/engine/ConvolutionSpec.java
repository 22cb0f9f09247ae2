package io.github.unrolled.engine;

import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.ShapeException;

/**
 * What a convolution is made for.
 *
 * <p>The weights are {@code [window height, window width, inChannels / groups, outChannels]}: seen as a matrix, a row for
 * everything that a place sees and a column for every feature, as in a linear layer, so a 1x1 convolution is
 * {@link Engine#affine}. PyTorch's {@code [out, in / groups, height, width]} becomes ours by permuting the axes to
 * 2, 3, 1, 0. An output channel o belongs to group o / (outChannels / groups) and sees the input channels of that group
 * only.
 *
 * @param batch images side by side
 * @param height rows of an input image
 * @param width columns of an input image
 * @param inChannels features of an input pixel
 * @param outChannels features of an output pixel
 * @param window what is seen at once; its padding is zeros
 * @param groups into how many independent groups the channels fall; 1 for a usual convolution
 * @param relu whether the result is max(·, 0) of the convolution, in one pass over memory
 */
public record ConvolutionSpec(
        int batch, int height, int width, int inChannels, int outChannels, Window window, int groups, boolean relu) {

    /** @throws ShapeException if the groups do not divide the channels, or the window is larger than the padded image */
    public ConvolutionSpec {
        if (groups < 1 || inChannels % groups != 0 || outChannels % groups != 0) {
            throw new ShapeException("a convolution from " + inChannels + " to " + outChannels + " channels in "
                    + groups + " groups was asked for; the groups must divide both");
        }
        window.placesY(height);
        window.placesX(width);
    }

    /** {@code [batch, height, width, inChannels]}. */
    public Shape inputShape() {
        return Shape.of(batch, height, width, inChannels);
    }

    /** {@code [batch, places, places, outChannels]}. */
    public Shape outputShape() {
        return Shape.of(batch, window.placesY(height), window.placesX(width), outChannels);
    }

    /** {@code [window height, window width, inChannels / groups, outChannels]}. */
    public Shape weightShape() {
        return Shape.of(window.height(), window.width(), inChannels / groups, outChannels);
    }

    /** {@code [outChannels]}. */
    public Shape biasShape() {
        return Shape.of(outChannels);
    }

    /** Whether nothing is to be computed. */
    public boolean isEmpty() {
        return inputShape().elements() == 0 || outputShape().elements() == 0;
    }
}
