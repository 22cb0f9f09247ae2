package io.github.unrolled.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.github.unrolled.engine.ConvolutionSpec;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;
import org.bytedeco.dnnl.dnnl_memory_desc;

/**
 * Convolution and its gradients. The primitives read and write images as they are, except where {@link ConvolutionLayouts}
 * says otherwise; the weights, which are small, are packed for each pass, once per version where they persist.
 */
final class Convolution {
    private enum Pass {
        FORWARD,
        BACKWARD_DATA
    }

    /** {@code weights} is the identity of persistent weights, which a pass of their own keeps packed; else 0. */
    private record Key(Pass pass, ConvolutionSpec spec, boolean biased, int weights) {}

    private record WeightsKey(ConvolutionSpec spec, boolean biased) {}

    private final Context context;
    private final Elementwise elementwise;

    Convolution(Context context, Elementwise elementwise) {
        this.context = context;
        this.elementwise = elementwise;
    }

    void forward(ConvolutionSpec spec, Tensor x, Tensor weight, Tensor bias, Tensor y) {
        boolean biased = bias.elements() > 0;
        Key key = new Key(Pass.FORWARD, spec, biased, identity(weight));
        Packed packed = context.cache.get(key, Packed.class, () -> new Packed(Pass.FORWARD, spec, biased));
        packed.weight.pack(weight, true);
        Operation operation = packed.operation;
        operation.slot(DNNL_ARG_SRC).bind(x);
        operation.slot(DNNL_ARG_DST).bind(y);
        if (biased) {
            operation.slot(DNNL_ARG_BIAS).bind(bias);
        }
        operation.run(context.stream);
    }

    void backwardData(ConvolutionSpec spec, Tensor weight, Tensor dy, Tensor dx, boolean accumulate) {
        Key key = new Key(Pass.BACKWARD_DATA, spec, false, identity(weight));
        Packed packed = context.cache.get(key, Packed.class, () -> new Packed(Pass.BACKWARD_DATA, spec, false));
        packed.weight.pack(weight, true);
        Tensor result = accumulate ? context.scratch(dx.shape()) : dx;
        Operation operation = packed.operation;
        operation.slot(DNNL_ARG_DIFF_DST).bind(dy);
        operation.slot(DNNL_ARG_DIFF_SRC).bind(result);
        operation.run(context.stream);
        if (accumulate) {
            elementwise.add(result, dx);
        }
    }

    void backwardWeights(ConvolutionSpec spec, Tensor x, Tensor dy, Tensor dWeight, Tensor dBias) {
        boolean biased = dBias.elements() > 0;
        WeightsKey key = new WeightsKey(spec, biased);
        OfWeights pass = context.cache.get(key, OfWeights.class, () -> new OfWeights(spec, biased));
        Operation operation = pass.operation;
        int ofX = pass.x.scratchElements();
        int ofY = pass.dy.scratchElements();
        int ofBias = Math.toIntExact(dBias.elements());
        Tensor scratch = context.scratch(Shape.of(ofX + ofY + ofBias));
        pass.x.bind(x, scratch.slice(0, ofX));
        pass.dy.bind(dy, scratch.slice(ofX, ofX + ofY));
        if (biased) {
            Tensor gradient = scratch.slice(ofX + ofY, ofX + ofY + ofBias);
            operation.slot(DNNL_ARG_DIFF_BIAS).bind(gradient);
            operation.run(context.stream);
            elementwise.add(gradient, dBias);
        } else {
            operation.run(context.stream);
        }
        pass.unpacked.addTo(dWeight);
    }

    private static int identity(Tensor weight) {
        return weight.isPersistent() ? System.identityHashCode(weight) : 0;
    }

    private Slot slot(dnnl_memory_desc layout) {
        return Slot.borrowing(context.engine, layout);
    }

    /** A pass that reads the weights, in its layout. */
    private final class Packed implements AutoCloseable {
        private final ConvolutionLayouts layouts;
        final Operation operation;
        final PackedWeight weight;

        Packed(Pass pass, ConvolutionSpec spec, boolean biased) {
            boolean forward = pass == Pass.FORWARD;
            layouts = new ConvolutionLayouts(context.engine, spec, biased);
            operation = new Operation(context.engine, forward ? layouts.forward() : layouts.backwardData());
            weight = new PackedWeight(context, layouts.weight, operation.layout(DNNL_ARG_WEIGHTS));
            operation.queried(DNNL_ARG_WEIGHTS).bind(weight.memory(), 0);
            operation.argument(forward ? DNNL_ARG_SRC : DNNL_ARG_DIFF_SRC, slot(layouts.x));
            operation.argument(forward ? DNNL_ARG_DST : DNNL_ARG_DIFF_DST, slot(layouts.y));
            if (biased) {
                operation.argument(DNNL_ARG_BIAS, slot(layouts.bias));
            }
        }

        @Override
        public void close() {
            operation.close();
            weight.close();
            layouts.close();
        }
    }

    /** The pass that makes the gradients of the weights, in its layout. */
    private final class OfWeights implements AutoCloseable {
        private final ConvolutionLayouts layouts;
        final Operation operation;
        final Reordered x;
        final Reordered dy;
        final UnpackedGradient unpacked;

        OfWeights(ConvolutionSpec spec, boolean biased) {
            layouts = new ConvolutionLayouts(context.engine, spec, biased);
            operation = new Operation(context.engine, layouts.backwardWeights());
            unpacked = new UnpackedGradient(context, operation.layout(DNNL_ARG_DIFF_WEIGHTS), layouts.weight);
            operation.queried(DNNL_ARG_DIFF_WEIGHTS).bind(unpacked.memory(), 0);
            x = new Reordered(context, layouts.x, operation.queried(DNNL_ARG_SRC));
            dy = new Reordered(context, layouts.y, operation.queried(DNNL_ARG_DIFF_DST));
            if (biased) {
                operation.argument(DNNL_ARG_DIFF_BIAS, slot(layouts.bias));
            }
        }

        @Override
        public void close() {
            operation.close();
            x.close();
            dy.close();
            unpacked.close();
            layouts.close();
        }
    }
}
