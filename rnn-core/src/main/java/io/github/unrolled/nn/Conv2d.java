package io.github.unrolled.nn;

import io.github.unrolled.autodiff.ImageOps;
import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.engine.ConvolutionSpec;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.engine.Window;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;
import java.util.List;

/**
 * A convolution of images. x {@code [batch, height, width, in]}, y {@code [batch, places, places, out]}.
 *
 * @param options how
 * @param weight {@code [window height, window width, in / groups, out]}
 * @param bias {@code [out]}
 */
public record Conv2d(Options options, Parameter weight, Parameter bias) implements Module {
    /**
     * Sizes and options.
     *
     * @param in channels of the input
     * @param out channels of the result
     * @param window what is seen at once, with stride, dilation and a padding of zeros
     * @param groups into how many independent groups the channels fall
     * @param relu whether max(·, 0) follows, in the same pass over memory
     */
    public record Options(int in, int out, Window window, int groups, boolean relu) {
        /** One group and nothing after it. */
        public Options(int in, int out, Window window) {
            this(in, out, window, 1, false);
        }

        /** This followed by max(·, 0). */
        public Options withRelu() {
            return new Options(in, out, window, groups, true);
        }
    }

    /**
     * Weights normal with variance 2 / (what a place sees), so that rectified activations keep their scale through depth
     * (He et al. 2015, equation 10); bias 0.
     */
    public static Conv2d create(Parameters parameters, Options options) {
        Window window = options.window;
        Shape weight = Shape.of(window.height(), window.width(), options.in / options.groups, options.out);
        return new Conv2d(
                options,
                parameters.create("weight", weight, Initializer.he()),
                parameters.create("bias", Shape.of(options.out), Initializer.zeros()));
    }

    /** Applies the layer. */
    public Variable apply(Variable x) {
        ImageOps.Convolution how = new ImageOps.Convolution(options.window, options.groups, options.relu);
        return ImageOps.convolution(how, x, x.tape().use(weight), x.tape().use(bias));
    }

    /** What {@link #apply(Engine, Tensor, Tensor)} does to images of a shape: the shape of its result, among others. */
    public ConvolutionSpec specification(Shape images) {
        return new ConvolutionSpec(
                images.dim(0),
                images.dim(1),
                images.dim(2),
                options.in,
                options.out,
                options.window,
                options.groups,
                options.relu);
    }

    /**
     * Applies the layer without a tape.
     *
     * @param y receives the result
     */
    public void apply(Engine engine, Tensor x, Tensor y) {
        engine.images().convolution(specification(x.shape()), x, weight.value(), bias.value(), y);
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(weight, bias);
    }
}
