package io.github.unrolled.engine.reference;

import io.github.unrolled.engine.PoolSpec;
import io.github.unrolled.engine.Window;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Pooling. The workspace says which pixel was the largest. */
final class PoolKernel {
    private PoolKernel() {}

    static Shape workspace(PoolSpec spec) {
        return spec.training() && spec.kind() == PoolSpec.Kind.MAX ? spec.outputShape() : Shape.of(0);
    }

    /** The pixels of the image that a place sees, as indices into one image. */
    private static List<Integer> seen(PoolSpec spec, int row, int column) {
        Window window = spec.window();
        List<Integer> pixels = new ArrayList<>();
        for (int ky = 0; ky < window.height(); ky++) {
            int y = row * window.strideY() - window.padding().top() + ky;
            for (int kx = 0; kx < window.width(); kx++) {
                int x = column * window.strideX() - window.padding().left() + kx;
                if (y >= 0 && y < spec.height() && x >= 0 && x < spec.width()) {
                    pixels.add(y * spec.width() + x);
                }
            }
        }
        return pixels;
    }

    @FunctionalInterface
    private interface Place {
        /** {@code first} is the first element of the image's channel, {@code output} the result's element. */
        void visit(List<Integer> pixels, long first, long output);
    }

    private static void places(PoolSpec spec, Place place) {
        int rows = spec.window().placesY(spec.height());
        int columns = spec.window().placesX(spec.width());
        for (int image = 0; image < spec.batch(); image++) {
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < columns; column++) {
                    List<Integer> pixels = seen(spec, row, column);
                    for (int c = 0; c < spec.channels(); c++) {
                        long first = (long) image * spec.height() * spec.width() * spec.channels() + c;
                        long output = (((long) image * rows + row) * columns + column) * spec.channels() + c;
                        place.visit(pixels, first, output);
                    }
                }
            }
        }
    }

    static void forward(PoolSpec spec, Tensor x, Tensor y, Tensor workspace) {
        Elements from = Elements.of(x);
        Elements to = Elements.of(y);
        places(spec, (pixels, first, output) -> {
            double sum = 0;
            int largest = pixels.get(0);
            for (int pixel : pixels) {
                double value = from.get(first + (long) pixel * spec.channels());
                sum += value;
                if (value > from.get(first + (long) largest * spec.channels())) {
                    largest = pixel;
                }
            }
            if (spec.kind() == PoolSpec.Kind.AVERAGE) {
                to.set(output, sum / pixels.size());
                return;
            }
            to.set(output, from.get(first + (long) largest * spec.channels()));
            if (spec.training()) {
                Elements.of(workspace).set(output, largest);
            }
        });
    }

    static void backward(PoolSpec spec, Tensor workspace, Tensor dy, Tensor dx, boolean accumulate) {
        if (!accumulate) {
            dx.memory().fill(dx.offset(), dx.elements(), 0);
        }
        Elements upstream = Elements.of(dy);
        Elements to = Elements.of(dx);
        places(spec, (pixels, first, output) -> {
            if (spec.kind() == PoolSpec.Kind.MAX) {
                long largest = (long) Elements.of(workspace).get(output);
                to.add(first + largest * spec.channels(), upstream.get(output));
                return;
            }
            for (int pixel : pixels) {
                to.add(first + (long) pixel * spec.channels(), upstream.get(output) / pixels.size());
            }
        });
    }
}
