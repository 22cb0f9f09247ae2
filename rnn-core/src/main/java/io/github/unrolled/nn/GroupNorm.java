package io.github.unrolled.nn;

import io.github.unrolled.autodiff.ImageOps;
import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.tensor.Shape;
import java.util.List;

/**
 * Normalises every group of neighbouring channels of every image over all its pixels, y = (x - mean) / √(variance +
 * 1e-5) · gain + bias (Wu and He 2018). An image is normalised by itself: a batch of one, a frame of a video and every
 * step of a recursion are treated alike, in training as in use, which batch normalisation cannot do.
 *
 * @param groups 1 normalises an image as a whole, as many as there are channels each channel on its own
 * @param gain {@code [channels]}, begins as 1
 * @param bias {@code [channels]}, begins as 0
 */
public record GroupNorm(int groups, Parameter gain, Parameter bias) implements Module {
    private static final double EPSILON = 1e-5;

    /**
     * A layer.
     *
     * @throws IllegalArgumentException if the groups do not divide the channels
     */
    public static GroupNorm create(Parameters parameters, int channels, int groups) {
        if (groups < 1 || channels % groups != 0) {
            throw new IllegalArgumentException(
                    channels + " channels do not fall into " + groups + " groups of equal size");
        }
        return new GroupNorm(
                groups,
                parameters.create("gain", Shape.of(channels), Initializer.constant(1)),
                parameters.create("bias", Shape.of(channels), Initializer.zeros()));
    }

    /** Applies the layer to {@code [batch, height, width, channels]}. */
    public Variable apply(Variable x) {
        return ImageOps.groupNorm(groups, x, x.tape().use(gain), x.tape().use(bias), EPSILON);
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(gain, bias);
    }
}
