package io.github.unrolled.engine;

import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;
import java.util.List;

/** A call of every kernel on images with arguments that fit, over a batch of as many images as there are rows. */
final class ImageKernelCalls {
    private final KernelCalls calls;
    private final ImageKernels kernels;
    private final int batch;

    ImageKernelCalls(KernelCalls calls, ImageKernels kernels, int batch) {
        this.calls = calls;
        this.kernels = kernels;
        this.batch = batch;
    }

    void addAll() {
        convolution(new ConvolutionSpec(batch, 5, 4, 3, 5, Window.same(3), 1, true));
        convolution(new ConvolutionSpec(batch, 5, 4, 4, 6, Window.square(2).withStride(3), 2, false));
        for (PoolSpec.Kind kind : PoolSpec.Kind.values()) {
            pool(new PoolSpec(kind, batch, 5, 4, 3, Window.square(2).withStride(2), true));
        }
        for (Border border : Border.values()) {
            pad(new Edges(1, 2, 0, 3), border);
        }
        shuffle();
        prelu();
        normalization();
    }

    private void convolution(ConvolutionSpec spec) {
        Tensor x = calls.in(spec.inputShape().dims());
        Tensor weight = calls.in(spec.weightShape().dims());
        Tensor bias = calls.in(spec.outChannels());
        Tensor y = calls.overwritten(spec.outputShape().dims());
        calls.add(
                "convolution",
                List.of(x, weight, bias),
                List.of(y),
                () -> kernels.convolution(spec, x, weight, bias, y));
        Tensor dy = calls.in(spec.outputShape().dims());
        Tensor dx = calls.overwritten(spec.inputShape().dims());
        calls.add(
                "convolutionBackwardData",
                List.of(weight, dy),
                List.of(dx),
                () -> kernels.convolutionBackwardData(spec, weight, dy, dx, false));
        Tensor dWeight = calls.addedTo(spec.weightShape().dims());
        Tensor dBias = calls.addedTo(spec.outChannels());
        calls.add(
                "convolutionBackwardWeights",
                List.of(x, dy),
                List.of(dWeight, dBias),
                () -> kernels.convolutionBackwardWeights(spec, x, dy, dWeight, dBias));
    }

    private void pool(PoolSpec spec) {
        Tensor x = calls.in(spec.inputShape().dims());
        Tensor y = calls.overwritten(spec.outputShape().dims());
        Tensor workspace = calls.guarded(kernels.poolWorkspace(spec));
        Runnable forward = () -> kernels.pool(spec, x, y, workspace);
        calls.add("pool", List.of(x), List.of(y), forward);
        Tensor dy = calls.in(spec.outputShape().dims());
        Tensor dx = calls.overwritten(spec.inputShape().dims());
        calls.add("poolBackward", List.of(x, dy), List.of(dx), () -> {
            forward.run();
            kernels.poolBackward(spec, workspace, dy, dx, false);
        });
    }

    private void pad(Edges edges, Border border) {
        Tensor x = calls.in(batch, 4, 5, 2);
        Shape around = edges.around(x.shape());
        Tensor y = calls.overwritten(around.dims());
        calls.add("pad", List.of(x), List.of(y), () -> kernels.pad(edges, border, x, y));
        Tensor dy = calls.in(around.dims());
        Tensor dx = calls.overwritten(batch, 4, 5, 2);
        calls.add("padBackward", List.of(dy), List.of(dx), () -> kernels.padBackward(edges, border, dy, dx, false));
    }

    private void shuffle() {
        Tensor channels = calls.in(batch, 3, 5, 8);
        Tensor pixels = calls.in(batch, 6, 10, 2);
        Tensor toPixels = calls.overwritten(batch, 6, 10, 2);
        Tensor toChannels = calls.overwritten(batch, 3, 5, 8);
        calls.add(
                "pixelShuffle",
                List.of(channels),
                List.of(toPixels),
                () -> kernels.pixelShuffle(2, channels, toPixels, false));
        calls.add(
                "pixelUnshuffle",
                List.of(pixels),
                List.of(toChannels),
                () -> kernels.pixelUnshuffle(2, pixels, toChannels, false));
    }

    private void prelu() {
        for (int slopes : new int[] {1, 3}) {
            Tensor x = calls.in(batch, 4, 5, 3);
            Tensor slope = calls.in(slopes);
            Tensor y = calls.overwritten(batch, 4, 5, 3);
            calls.add("prelu", List.of(x, slope), List.of(y), () -> kernels.prelu(x, slope, y));
            Tensor dy = calls.in(batch, 4, 5, 3);
            Tensor dx = calls.overwritten(batch, 4, 5, 3);
            Tensor dSlope = calls.addedTo(slopes);
            calls.add(
                    "preluBackward",
                    List.of(x, slope, dy),
                    List.of(dx, dSlope),
                    () -> kernels.preluBackward(x, slope, dy, dx, dSlope));
        }
    }

    private void normalization() {
        Tensor x = calls.in(batch, 4, 5, 6);
        Tensor gain = calls.in(6);
        Tensor bias = calls.in(6);
        Tensor y = calls.overwritten(batch, 4, 5, 6);
        Tensor statistics = calls.overwritten(2, batch, 2);
        calls.add(
                "groupNorm",
                List.of(x, gain, bias),
                List.of(y, statistics),
                () -> kernels.groupNorm(2, x, gain, bias, 0.1, y, statistics));
        Tensor known = calls.in(2, batch, 2);
        Tensor dy = calls.in(batch, 4, 5, 6);
        Tensor dx = calls.overwritten(batch, 4, 5, 6);
        Tensor dGain = calls.addedTo(6);
        Tensor dBias = calls.addedTo(6);
        calls.add(
                "groupNormBackward",
                List.of(x, gain, known, dy),
                List.of(dx, dGain, dBias),
                () -> kernels.groupNormBackward(2, x, gain, 0.1, known, dy, dx, dGain, dBias));
    }
}
