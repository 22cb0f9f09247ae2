package io.github.unrolled.autodiff;

import io.github.unrolled.engine.ConvolutionSpec;
import io.github.unrolled.engine.ImageKernels;
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

    private static Shape image(String operation, Shape shape) {
        if (shape.rank() != 4) {
            throw new ShapeException(operation + ": the input is " + shape
                    + ", expected images [batch, height, width, channels]; reshape a sequence of images to one batch");
        }
        return shape;
    }
}
