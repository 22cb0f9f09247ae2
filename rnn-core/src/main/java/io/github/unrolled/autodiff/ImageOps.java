package io.github.unrolled.autodiff;

import io.github.unrolled.engine.Binary;
import io.github.unrolled.engine.Border;
import io.github.unrolled.engine.ConvolutionSpec;
import io.github.unrolled.engine.Edges;
import io.github.unrolled.engine.ImageKernels;
import io.github.unrolled.engine.PoolSpec;
import io.github.unrolled.engine.Unary;
import io.github.unrolled.engine.Window;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.ShapeException;
import io.github.unrolled.tensor.Tensor;

/**
 * The differentiable operations on images {@code [batch, height, width, channels]}, beside {@link Ops}, all of which
 * work on images too. Gradients are always added to; no operation modifies its arguments.
 */
public final class ImageOps {
    private ImageOps() {}

    /**
     * How a convolution is done.
     *
     * @param window what is seen at once; its padding is zeros
     * @param groups into how many independent groups the channels fall
     * @param relu whether max(·, 0) follows, in the same pass over memory
     */
    public record Convolution(Window window, int groups, boolean relu) {
        /** One group and nothing after it. */
        public Convolution(Window window) {
            this(window, 1, false);
        }
    }

    // ---- convolution

    /**
     * The convolution of x with a weight, plus a bias.
     *
     * @param x {@code [batch, height, width, in]}
     * @param weight {@code [window height, window width, in / groups, out]}
     * @param bias {@code [out]}
     * @return {@code [batch, places, places, out]}
     */
    public static Variable convolution(Convolution how, Variable x, Variable weight, Variable bias) {
        Tape tape = x.tape();
        ImageKernels kernels = tape.engine().images();
        ConvolutionSpec spec = specification(
                how, image("convolution", x.shape()), weight.shape().columns());
        Tensor value = tape.allocate(spec.outputShape());
        kernels.convolution(spec, x.value(), weight.value(), bias.value(), value);
        Variable y = tape.result(value, x, weight, bias);
        tape.record(y, () -> {
            Tensor dy = y.gradient();
            if (spec.relu()) {
                Tensor before = tape.allocate(y.shape());
                tape.engine().unaryBackward(Unary.RELU, value, dy, before, false);
                dy = before;
            }
            convolutionBackward(spec, x, weight, bias, dy);
        });
        return y;
    }

    private static void convolutionBackward(
            ConvolutionSpec spec, Variable x, Variable weight, Variable bias, Tensor dy) {
        Tape tape = x.tape();
        ImageKernels kernels = tape.engine().images();
        if (weight.requiresGradient()) {
            Tensor dBias = bias.requiresGradient() ? bias.gradientToAdd() : tape.allocate(Shape.of(0));
            kernels.convolutionBackwardWeights(spec, x.value(), dy, weight.gradientToAdd(), dBias);
        } else {
            Ops.contribute(bias, (db, more) -> tape.engine().sum(dy, db, more));
        }
        Ops.contribute(x, (dx, more) -> kernels.convolutionBackwardData(spec, weight.value(), dy, dx, more));
    }

    /**
     * The transpose of a convolution: every input pixel paints a window of the result. As large as the image that the
     * convolution would make x of; of the several sizes that a stride makes equal, the smallest plus {@code extra}.
     *
     * @param extra rows and columns added below and to the right, less than the stride
     * @param x {@code [batch, height, width, in]}
     * @param weight {@code [window height, window width, out / groups, in]}: that of the convolution from out to in, whose
     *     gradient this is. PyTorch's {@code [in, out / groups, height, width]} becomes ours by permuting the axes to
     *     2, 3, 1, 0
     * @param bias {@code [out]}
     */
    public static Variable transposedConvolution(
            Convolution how, int extra, Variable x, Variable weight, Variable bias) {
        Tape tape = x.tape();
        ImageKernels kernels = tape.engine().images();
        Shape image = image("transposedConvolution", x.shape());
        Window window = how.window();
        Edges padding = window.padding();
        ConvolutionSpec spec = new ConvolutionSpec(
                image.dim(0),
                (image.dim(1) - 1) * window.strideY() - padding.top() - padding.bottom() + window.spanY() + extra,
                (image.dim(2) - 1) * window.strideX() - padding.left() - padding.right() + window.spanX() + extra,
                bias.shape().columns(),
                image.dim(3),
                window,
                how.groups(),
                false);
        Tensor value = tape.allocate(spec.inputShape());
        kernels.convolutionBackwardData(spec, weight.value(), x.value(), value, false);
        tape.engine().binary(Binary.ADD, value, bias.value(), value, false);
        Variable y = tape.result(value, x, weight, bias);
        tape.record(y, () -> {
            Tensor dy = y.gradient();
            Tensor none = tape.allocate(Shape.of(0));
            Ops.contribute(x, (dx, more) -> {
                Tensor result = more ? tape.allocate(x.shape()) : dx;
                kernels.convolution(spec, dy, weight.value(), none, result);
                if (more) {
                    tape.engine().copy(result, dx, true);
                }
            });
            if (weight.requiresGradient()) {
                kernels.convolutionBackwardWeights(spec, dy, x.value(), weight.gradientToAdd(), none);
            }
            Ops.contribute(bias, (db, more) -> tape.engine().sum(dy, db, more));
        });
        return how.relu() ? Ops.relu(y) : y;
    }

    private static ConvolutionSpec specification(Convolution how, Shape image, int outChannels) {
        return new ConvolutionSpec(
                image.dim(0),
                image.dim(1),
                image.dim(2),
                image.dim(3),
                outChannels,
                how.window(),
                how.groups(),
                how.relu());
    }

    // ---- pooling

    /** The largest value that the window sees, for each channel; x {@code [batch, height, width, channels]}. */
    public static Variable maxPool(Window window, Variable x) {
        return pool(PoolSpec.Kind.MAX, window, x);
    }

    /** The mean over the pixels of the image that the window sees; padding does not count. */
    public static Variable averagePool(Window window, Variable x) {
        return pool(PoolSpec.Kind.AVERAGE, window, x);
    }

    private static Variable pool(PoolSpec.Kind kind, Window window, Variable x) {
        Tape tape = x.tape();
        ImageKernels kernels = tape.engine().images();
        Shape image = image("pool", x.shape());
        PoolSpec spec =
                new PoolSpec(kind, image.dim(0), image.dim(1), image.dim(2), image.dim(3), window, tape.isRecording());
        Tensor value = tape.allocate(spec.outputShape());
        Tensor workspace = tape.allocate(kernels.poolWorkspace(spec));
        kernels.pool(spec, x.value(), value, workspace);
        Variable y = tape.result(value, x);
        tape.record(
                y,
                () -> Ops.contribute(x, (dx, more) -> kernels.poolBackward(spec, workspace, y.gradient(), dx, more)));
        return y;
    }

    /** The mean over all pixels: {@code [batch, height, width, channels]} to {@code [batch, channels]}. */
    public static Variable globalAverage(Variable x) {
        Shape image = image("globalAverage", x.shape());
        Variable sums = Ops.sumTo(x, Shape.of(image.dim(0), 1, 1, image.dim(3)));
        double pixels = (double) image.dim(1) * image.dim(2);
        return Ops.scale(Ops.reshape(sums, Shape.of(image.dim(0), image.dim(3))), 1 / pixels, 0);
    }

    // ---- moving

    /** Surrounds images by pixels. */
    public static Variable pad(Edges edges, Border border, Variable x) {
        Tape tape = x.tape();
        ImageKernels kernels = tape.engine().images();
        Tensor value = tape.allocate(edges.around(image("pad", x.shape())));
        kernels.pad(edges, border, x.value(), value);
        Variable y = tape.result(value, x);
        tape.record(
                y, () -> Ops.contribute(x, (dx, more) -> kernels.padBackward(edges, border, y.gradient(), dx, more)));
        return y;
    }

    /** Cuts edges off images: the transpose of a padding by zeros. */
    public static Variable crop(Edges edges, Variable x) {
        Tape tape = x.tape();
        ImageKernels kernels = tape.engine().images();
        Tensor value = tape.allocate(edges.within(image("crop", x.shape())));
        kernels.padBackward(edges, Border.ZERO, x.value(), value, false);
        Variable y = tape.result(value, x);
        tape.record(
                y,
                () -> Ops.contribute(x, (dx, more) -> {
                    Tensor result = more ? tape.allocate(x.shape()) : dx;
                    kernels.pad(edges, Border.ZERO, y.gradient(), result);
                    if (more) {
                        tape.engine().copy(result, dx, true);
                    }
                }));
        return y;
    }

    /**
     * Channels become pixels (Shi et al. 2016): {@code [batch, height, width, channels · f²]} to
     * {@code [batch, height · f, width · f, channels]}.
     */
    public static Variable pixelShuffle(int factor, Variable x) {
        Shape image = image("pixelShuffle", x.shape());
        Tape tape = x.tape();
        ImageKernels kernels = tape.engine().images();
        Tensor value = tape.allocate(
                Shape.of(image.dim(0), image.dim(1) * factor, image.dim(2) * factor, image.dim(3) / (factor * factor)));
        kernels.pixelShuffle(factor, x.value(), value, false);
        Variable y = tape.result(value, x);
        tape.record(y, () -> Ops.contribute(x, (dx, more) -> kernels.pixelUnshuffle(factor, y.gradient(), dx, more)));
        return y;
    }

    /**
     * Pixels become channels: {@code [batch, height · f, width · f, channels]} to
     * {@code [batch, height, width, channels · f²]}.
     */
    public static Variable pixelUnshuffle(int factor, Variable x) {
        Shape image = image("pixelUnshuffle", x.shape());
        Tape tape = x.tape();
        ImageKernels kernels = tape.engine().images();
        Tensor value = tape.allocate(
                Shape.of(image.dim(0), image.dim(1) / factor, image.dim(2) / factor, image.dim(3) * factor * factor));
        kernels.pixelUnshuffle(factor, x.value(), value, false);
        Variable y = tape.result(value, x);
        tape.record(y, () -> Ops.contribute(x, (dx, more) -> kernels.pixelShuffle(factor, y.gradient(), dx, more)));
        return y;
    }

    // ---- activation and normalisation

    /**
     * x where x &gt; 0, slope · x elsewhere (He et al. 2015).
     *
     * @param slope {@code [channels]}, or one element for all channels
     */
    public static Variable prelu(Variable x, Variable slope) {
        Tape tape = x.tape();
        ImageKernels kernels = tape.engine().images();
        Tensor value = tape.allocate(x.shape());
        kernels.prelu(x.value(), slope.value(), value);
        Variable y = tape.result(value, x, slope);
        tape.record(y, () -> {
            boolean direct = x.requiresGradient() && !x.mustAccumulate();
            Tensor dx = direct ? x.gradientToWrite() : tape.allocate(x.shape());
            Tensor dSlope = slope.requiresGradient() ? slope.gradientToAdd() : tape.zeros(slope.shape());
            kernels.preluBackward(x.value(), slope.value(), y.gradient(), dx, dSlope);
            if (x.requiresGradient() && !direct) {
                tape.engine().copy(dx, x.gradientToAdd(), true);
            }
        });
        return y;
    }

    /** x where x &gt; 0, slope · x elsewhere, with a slope that is not trained (Maas, Hannun and Ng 2013). */
    public static Variable leakyRelu(Variable x, double slope) {
        Tape tape = x.tape();
        return prelu(x, tape.constant(tape.allocate(Shape.of(1)).fill(slope)));
    }

    /** x kept between two bounds, up to a rounding; no gradient flows where it was cut. */
    public static Variable clip(Variable x, double low, double high) {
        if (!(low <= high)) {
            throw new IllegalArgumentException("clip: " + low + ".." + high + " is no range");
        }
        Variable fromBelow = Ops.scale(Ops.relu(Ops.scale(x, 1, -low)), -1, high - low);
        return Ops.scale(Ops.relu(fromBelow), -1, high);
    }

    /**
     * Group normalisation (Wu and He 2018): every group of channels of every image to mean 0 and variance 1, then times
     * gain plus bias, both {@code [channels]}.
     *
     * @param groups 1 normalises an image as a whole, as many as channels each channel on its own
     */
    public static Variable groupNorm(int groups, Variable x, Variable gain, Variable bias, double epsilon) {
        Tape tape = x.tape();
        ImageKernels kernels = tape.engine().images();
        Tensor value = tape.allocate(image("groupNorm", x.shape()));
        Tensor statistics = tape.allocate(Shape.of(2, x.shape().dim(0), groups));
        kernels.groupNorm(groups, x.value(), gain.value(), bias.value(), epsilon, value, statistics);
        Variable y = tape.result(value, x, gain, bias);
        tape.record(y, () -> {
            Tensor dx = tape.allocate(x.shape());
            Tensor dGain = gain.requiresGradient() ? gain.gradientToAdd() : tape.zeros(gain.shape());
            Tensor dBias = bias.requiresGradient() ? bias.gradientToAdd() : tape.zeros(bias.shape());
            kernels.groupNormBackward(
                    groups, x.value(), gain.value(), epsilon, statistics, y.gradient(), dx, dGain, dBias);
            Ops.contribute(x, (target, more) -> tape.engine().copy(dx, target, more));
        });
        return y;
    }

    private static Shape image(String operation, Shape shape) {
        if (shape.rank() != 4) {
            throw new ShapeException(operation + ": the input is " + shape
                    + ", expected images [batch, height, width, channels]; reshape a sequence of images to one batch");
        }
        return shape;
    }
}
