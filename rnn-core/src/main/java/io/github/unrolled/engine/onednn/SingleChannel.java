package io.github.unrolled.engine.onednn;

import io.github.unrolled.engine.ConvolutionSpec;
import io.github.unrolled.engine.Window;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;

/**
 * Convolutions to one channel. oneDNN computes a register of output channels at once, 8 or 16, so that one alone costs as
 * much as all of them. Here each tap of the window becomes a channel of a 1x1 convolution first; a second one over these few,
 * whose weights are ones and zeros, adds up every tap at its place.
 */
final class SingleChannel {
    /**
     * The second convolution costs as much a tap as the whole would a channel. With AVX-512 and 3x3, 64 channels took a third
     * of the time and 32 half of it; 16 gained nothing, and with 5x5 they took 1.6 times as long.
     */
    private static final int FEWEST_CHANNELS_A_TAP = 2;

    private final Context context;
    private final Convolution convolution;
    private final Elementwise elementwise;

    /** The parts of one convolution. {@code selection} is the identity: tap t takes channel t. */
    private record Parts(ConvolutionSpec taps, ConvolutionSpec sum, Tensor weight, Tensor selection, Tensor bias)
            implements AutoCloseable {
        @Override
        public void close() {
            weight.close();
            selection.close();
            bias.close();
        }
    }

    private record Key(ConvolutionSpec spec) {}

    SingleChannel(Context context, Convolution convolution, Elementwise elementwise) {
        this.context = context;
        this.convolution = convolution;
        this.elementwise = elementwise;
    }

    /** Whether a convolution is faster so. */
    static boolean suits(ConvolutionSpec spec) {
        int taps = spec.window().height() * spec.window().width();
        return spec.outChannels() == 1
                && spec.groups() == 1
                && taps > 1
                && spec.inChannels() >= FEWEST_CHANNELS_A_TAP * taps;
    }

    void forward(ConvolutionSpec spec, Tensor x, Tensor weight, Tensor bias, Tensor y) {
        Parts parts = parts(spec);
        Tensor tapped = context.between(parts.taps.outputShape());
        transpose(weight, parts.weight, parts.taps.outChannels(), spec.inChannels(), false);
        convolution.forward(parts.taps, x, parts.weight, context.none(), tapped);
        convolution.forward(parts.sum, tapped, parts.selection, bias, y);
    }

    void backwardWeights(ConvolutionSpec spec, Tensor x, Tensor dy, Tensor dWeight, Tensor dBias) {
        Parts parts = parts(spec);
        Tensor tapped = context.between(parts.taps.outputShape());
        convolution.backwardData(parts.sum, parts.selection, dy, tapped, false);
        parts.weight.fill(0);
        convolution.backwardWeights(parts.taps, x, tapped, parts.weight, context.none());
        transpose(parts.weight, dWeight, spec.inChannels(), parts.taps.outChannels(), true);
        if (dBias.elements() > 0) {
            elementwise.sum(dy.reshape(Math.toIntExact(dy.elements())), parts.bias);
            elementwise.add(parts.bias, dBias);
        }
    }

    private Parts parts(ConvolutionSpec spec) {
        return context.cache.get(new Key(spec), Parts.class, () -> {
            Window window = spec.window();
            int taps = window.height() * window.width();
            ConvolutionSpec each = new ConvolutionSpec(
                    spec.batch(), spec.height(), spec.width(), spec.inChannels(), taps, Window.square(1), 1, false);
            ConvolutionSpec sum =
                    new ConvolutionSpec(spec.batch(), spec.height(), spec.width(), taps, 1, window, 1, spec.relu());
            Tensor selection = Tensor.allocate(context.backend, sum.weightShape());
            float[] identity = new float[taps * taps];
            for (int i = 0; i < taps; i++) {
                identity[i * taps + i] = 1;
            }
            return new Parts(
                    each,
                    sum,
                    Tensor.allocate(context.backend, each.weightShape()),
                    selection.set(identity),
                    Tensor.allocate(context.backend, Shape.of(1)));
        });
    }

    /** Weights go from a row for each tap to a column for each, gradients back. */
    private static void transpose(Tensor from, Tensor to, int rows, int columns, boolean accumulate) {
        float[] source = from.toFloats();
        float[] target = accumulate ? to.toFloats() : new float[source.length];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                target[j * rows + i] += source[i * columns + j];
            }
        }
        to.set(target);
    }
}
