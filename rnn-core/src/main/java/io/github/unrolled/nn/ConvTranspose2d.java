package io.github.unrolled.nn;

import io.github.unrolled.autodiff.ImageOps;
import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.engine.Window;
import io.github.unrolled.tensor.Shape;
import java.util.List;

/**
 * A transposed convolution of images: every input pixel paints a window of the result. x {@code [batch, height, width,
 * in]}, y larger by the stride, {@code [.., out]}.
 *
 * @param options how
 * @param weight {@code [window height, window width, out / groups, in]}
 * @param bias {@code [out]}
 */
public record ConvTranspose2d(Options options, Parameter weight, Parameter bias) implements Module {
    /**
     * Sizes and options.
     *
     * @param in channels of the input
     * @param out channels of the result
     * @param window what is painted at once; its padding is cut off the result
     * @param extra rows and columns added below and to the right, less than the stride
     * @param groups into how many independent groups the channels fall
     */
    public record Options(int in, int out, Window window, int extra, int groups) {
        /** Nothing added and one group. */
        public Options(int in, int out, Window window) {
            this(in, out, window, 0, 1);
        }
    }

    /**
     * Weights normal with variance 2 / (what meets in one pixel on average), as He et al. 2015 have it for convolutions;
     * bias 0.
     */
    public static ConvTranspose2d create(Parameters parameters, Options options) {
        Window window = options.window;
        Shape weight = Shape.of(window.height(), window.width(), options.out / options.groups, options.in);
        double meeting = (double) window.height()
                * window.width()
                * options.in
                / options.groups
                / (window.strideY() * window.strideX());
        return new ConvTranspose2d(
                options,
                parameters.create("weight", weight, Initializer.normal(Math.sqrt(2 / meeting))),
                parameters.create("bias", Shape.of(options.out), Initializer.zeros()));
    }

    /** Applies the layer. */
    public Variable apply(Variable x) {
        ImageOps.Convolution how = new ImageOps.Convolution(options.window, options.groups, false);
        return ImageOps.transposedConvolution(
                how, options.extra, x, x.tape().use(weight), x.tape().use(bias));
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(weight, bias);
    }
}
