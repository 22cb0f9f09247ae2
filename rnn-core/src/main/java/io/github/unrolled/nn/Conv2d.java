package io.github.unrolled.nn;

import io.github.unrolled.autodiff.ImageOps;
import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.engine.Border;
import io.github.unrolled.engine.ConvolutionSpec;
import io.github.unrolled.engine.Edges;
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
     * @param window what is seen at once, with stride, dilation and padding
     * @param border what the padding is
     * @param groups into how many independent groups the channels fall
     * @param relu whether max(·, 0) follows, in the same pass over memory
     */
    public record Options(int in, int out, Window window, Border border, int groups, boolean relu) {
        /** Padding of zeros, one group and nothing after it. */
        public Options(int in, int out, Window window) {
            this(in, out, window, Border.ZERO, 1, false);
        }

        /** This followed by max(·, 0). */
        public Options withRelu() {
            return new Options(in, out, window, border, groups, true);
        }

        /** This with another padding. */
        public Options withBorder(Border other) {
            return new Options(in, out, window, other, groups, relu);
        }

        /** This in independent groups. */
        public Options withGroups(int count) {
            return new Options(in, out, window, border, count, relu);
        }

        /** Zeros are the convolution's own business, other pixels are put around the image first. */
        private boolean isPaddedFirst() {
            return border != Border.ZERO && !window.padding().equals(Edges.NONE);
        }

        private Window convolved() {
            return isPaddedFirst() ? window.withPadding(Edges.NONE) : window;
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
        ImageOps.Convolution how = new ImageOps.Convolution(options.convolved(), options.groups, options.relu);
        Variable padded = options.isPaddedFirst() ? ImageOps.pad(options.window.padding(), options.border, x) : x;
        return ImageOps.convolution(how, padded, x.tape().use(weight), x.tape().use(bias));
    }

    /** The shape of what comes of images of a shape. */
    public Shape outputShape(Shape images) {
        return Shape.of(
                images.dim(0),
                options.window.placesY(images.dim(1)),
                options.window.placesX(images.dim(2)),
                options.out);
    }

    /**
     * Applies the layer without a tape.
     *
     * @param y receives the result, {@link #outputShape}
     */
    public void apply(Engine engine, Tensor x, Tensor y) {
        if (!options.isPaddedFirst()) {
            convolve(engine, x, y);
            return;
        }
        Edges edges = options.window.padding();
        try (Tensor padded = Tensor.allocate(engine.backend(), edges.around(x.shape()))) {
            engine.images().pad(edges, options.border, x, padded);
            convolve(engine, padded, y);
        }
    }

    private void convolve(Engine engine, Tensor x, Tensor y) {
        Shape images = x.shape();
        ConvolutionSpec spec = new ConvolutionSpec(
                images.dim(0),
                images.dim(1),
                images.dim(2),
                options.in,
                options.out,
                options.convolved(),
                options.groups,
                options.relu);
        engine.images().convolution(spec, x, weight.value(), bias.value(), y);
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(weight, bias);
    }
}
