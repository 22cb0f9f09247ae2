package io.github.unrolled.engine.reference;

import io.github.unrolled.engine.ConvolutionSpec;
import io.github.unrolled.engine.Window;

/**
 * All the products that a convolution adds up. Forward pass and both gradients are sums over the same products, each
 * with another one of the three factors as the target.
 */
final class ConvolutionTaps {
    /** Receives where the factors of one product lie. */
    @FunctionalInterface
    interface Visitor {
        void product(int input, int weight, int output);
    }

    private ConvolutionTaps() {}

    static void visit(ConvolutionSpec spec, Visitor visitor) {
        Window window = spec.window();
        int rows = window.placesY(spec.height());
        int columns = window.placesX(spec.width());
        for (int image = 0; image < spec.batch(); image++) {
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < columns; column++) {
                    int output = (image * rows + row) * columns + column;
                    for (int ky = 0; ky < window.height(); ky++) {
                        int y = row * window.strideY() - window.padding().top() + ky * window.dilation();
                        for (int kx = 0; kx < window.width(); kx++) {
                            int x = column * window.strideX() - window.padding().left() + kx * window.dilation();
                            if (y >= 0 && y < spec.height() && x >= 0 && x < spec.width()) {
                                int input = (image * spec.height() + y) * spec.width() + x;
                                channels(spec, input, ky * window.width() + kx, output, visitor);
                            }
                        }
                    }
                }
            }
        }
    }

    private static void channels(ConvolutionSpec spec, int input, int tap, int output, Visitor visitor) {
        int seen = spec.inChannels() / spec.groups();
        int made = spec.outChannels() / spec.groups();
        for (int o = 0; o < spec.outChannels(); o++) {
            int group = o / made;
            for (int i = 0; i < seen; i++) {
                visitor.product(
                        input * spec.inChannels() + group * seen + i,
                        (tap * seen + i) * spec.outChannels() + o,
                        output * spec.outChannels() + o);
            }
        }
    }
}
