package io.github.unrolled.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.github.unrolled.engine.ConvolutionSpec;
import io.github.unrolled.engine.Edges;
import io.github.unrolled.engine.Window;
import io.github.unrolled.tensor.Shape;
import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;

/**
 * The descriptors of a convolution: images as they are, channels last, which oneDNN computes on directly; weights, and
 * images where that is faster, as they are and, for the primitive, as it likes them best.
 */
final class ConvolutionLayouts implements AutoCloseable {
    private final ConvolutionSpec spec;
    private final dnnl_engine engine;
    private final boolean biased;
    private final long[] strides;
    private final long[] dilations;
    private final long[] before;
    private final long[] after;
    final dnnl_memory_desc x;
    final dnnl_memory_desc y;
    final dnnl_memory_desc bias;
    final dnnl_memory_desc weight;
    private final dnnl_memory_desc anyWeight;
    private final dnnl_memory_desc anyX;
    private final dnnl_memory_desc anyY;

    ConvolutionLayouts(dnnl_engine engine, ConvolutionSpec spec, boolean biased) {
        this.engine = engine;
        this.spec = spec;
        this.biased = biased;
        Window window = spec.window();
        Edges padding = window.padding();
        strides = new long[] {window.strideY(), window.strideX()};
        // oneDNN counts the pixels left out between two taps.
        dilations = new long[] {window.dilation() - 1, window.dilation() - 1};
        before = new long[] {padding.top(), padding.left()};
        after = new long[] {padding.bottom(), padding.right()};
        x = image(spec.inputShape());
        y = image(spec.outputShape());
        bias = Dnnl.dense(spec.outChannels());
        weight = weights(spec.groups() == 1 ? dnnl_hwio : dnnl_hwigo);
        anyWeight = weights(dnnl_format_tag_any);
        anyX = image(dnnl_format_tag_any, spec.inputShape());
        anyY = image(dnnl_format_tag_any, spec.outputShape());
    }

    /** {@code [batch, height, width, channels]} in C order. */
    static dnnl_memory_desc image(Shape shape) {
        return image(dnnl_nhwc, shape);
    }

    private static dnnl_memory_desc image(int tag, Shape shape) {
        return Dnnl.tagged(tag, shape.dim(0), shape.dim(3), shape.dim(1), shape.dim(2));
    }

    private dnnl_memory_desc weights(int tag) {
        long height = spec.window().height();
        long width = spec.window().width();
        int groups = spec.groups();
        return groups == 1
                ? Dnnl.tagged(tag, spec.outChannels(), spec.inChannels(), height, width)
                : Dnnl.tagged(tag, groups, spec.outChannels() / groups, spec.inChannels() / groups, height, width);
    }

    /** The forward pass, to be destroyed by the caller. */
    dnnl_primitive_desc forward() {
        dnnl_primitive_desc made = new dnnl_primitive_desc();
        dnnl_primitive_attr attributes = spec.relu() ? Attributes.rectifying() : Attributes.none();
        int status = dnnl_convolution_forward_primitive_desc_create(
                made,
                engine,
                dnnl_forward_training,
                dnnl_convolution_direct,
                x,
                anyWeight,
                biased ? bias : null,
                y,
                strides,
                dilations,
                before,
                after,
                attributes);
        dnnl_primitive_attr_destroy(attributes);
        Dnnl.check(status, "the convolution " + spec);
        return made;
    }

    /** The gradient of the input, to be destroyed by the caller. */
    dnnl_primitive_desc backwardData() {
        dnnl_primitive_desc made = new dnnl_primitive_desc();
        dnnl_primitive_desc hint = forward();
        int status = dnnl_convolution_backward_data_primitive_desc_create(
                made, engine, dnnl_convolution_direct, x, anyWeight, y, strides, dilations, before, after, hint, null);
        dnnl_primitive_desc_destroy(hint);
        Dnnl.check(status, "the gradient of the input of " + spec);
        return made;
    }

    /** The gradients of weight and bias, to be destroyed by the caller. */
    dnnl_primitive_desc backwardWeights() {
        dnnl_primitive_desc made = new dnnl_primitive_desc();
        dnnl_primitive_desc hint = forward();
        // Without AVX-512, oneDNN 3.11 took 38 ms for 64 channels with their channels last, and 26 to 29 ms in its own
        // layout with 2 ms to bring both images there; a whole step of six convolutions takes 0.89 of its time so.
        boolean own = dnnl_get_effective_cpu_isa() < dnnl_cpu_isa_avx512_core;
        int status = dnnl_convolution_backward_weights_primitive_desc_create(
                made,
                engine,
                dnnl_convolution_direct,
                own ? anyX : x,
                anyWeight,
                biased ? bias : null,
                own ? anyY : y,
                strides,
                dilations,
                before,
                after,
                hint,
                null);
        dnnl_primitive_desc_destroy(hint);
        Dnnl.check(status, "the gradient of the weights of " + spec);
        return made;
    }

    @Override
    public void close() {
        for (dnnl_memory_desc descriptor : new dnnl_memory_desc[] {x, y, bias, weight, anyWeight, anyX, anyY}) {
            dnnl_memory_desc_destroy(descriptor);
        }
    }
}
