package io.github.unrolled.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.github.unrolled.engine.Edges;
import io.github.unrolled.engine.PoolSpec;
import io.github.unrolled.engine.Window;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;

/** Pooling and its gradient. The workspace of a maximum is oneDNN's. */
final class Pooling {
    private record Key(PoolSpec spec, boolean forward) {}

    private final Context context;

    Pooling(Context context) {
        this.context = context;
    }

    private static boolean keepsWorkspace(PoolSpec spec) {
        return spec.training() && spec.kind() == PoolSpec.Kind.MAX;
    }

    Shape workspace(PoolSpec spec) {
        if (spec.isEmpty() || !keepsWorkspace(spec)) {
            return Shape.of(0);
        }
        return Shape.of(
                Math.toIntExact(operation(spec, true).slot(DNNL_ARG_WORKSPACE).elements()));
    }

    void forward(PoolSpec spec, Tensor x, Tensor y, Tensor workspace) {
        Operation operation = operation(spec, true);
        operation.slot(DNNL_ARG_SRC).bind(x);
        operation.slot(DNNL_ARG_DST).bind(y);
        if (keepsWorkspace(spec)) {
            operation.slot(DNNL_ARG_WORKSPACE).bind(workspace);
        }
        operation.run(context.stream);
    }

    /** Overwrites dx. */
    void backward(PoolSpec spec, Tensor workspace, Tensor dy, Tensor dx) {
        Operation operation = operation(spec, false);
        operation.slot(DNNL_ARG_DIFF_SRC).bind(dx);
        operation.slot(DNNL_ARG_DIFF_DST).bind(dy);
        if (keepsWorkspace(spec)) {
            operation.slot(DNNL_ARG_WORKSPACE).bind(workspace);
        }
        operation.run(context.stream);
    }

    private Operation operation(PoolSpec spec, boolean forward) {
        return context.cache.get(new Key(spec, forward), Operation.class, () -> make(spec, forward));
    }

    private Operation make(PoolSpec spec, boolean forward) {
        Window window = spec.window();
        Edges padding = window.padding();
        long[] strides = {window.strideY(), window.strideX()};
        long[] extents = {window.height(), window.width()};
        long[] dilation = {0, 0};
        long[] before = {padding.top(), padding.left()};
        long[] after = {padding.bottom(), padding.right()};
        int algorithm = spec.kind() == PoolSpec.Kind.MAX ? dnnl_pooling_max : dnnl_pooling_avg_exclude_padding;
        int use = spec.training() ? dnnl_forward_training : dnnl_forward_inference;
        dnnl_memory_desc x = ConvolutionLayouts.image(spec.inputShape());
        dnnl_memory_desc y = ConvolutionLayouts.image(spec.outputShape());
        dnnl_primitive_desc descriptor = new dnnl_primitive_desc();
        Dnnl.check(
                dnnl_pooling_forward_primitive_desc_create(
                        descriptor,
                        context.engine,
                        use,
                        algorithm,
                        x,
                        y,
                        strides,
                        extents,
                        dilation,
                        before,
                        after,
                        null),
                "the pooling " + spec);
        if (!forward) {
            dnnl_primitive_desc hint = descriptor;
            descriptor = new dnnl_primitive_desc();
            Dnnl.check(
                    dnnl_pooling_backward_primitive_desc_create(
                            descriptor,
                            context.engine,
                            algorithm,
                            x,
                            y,
                            strides,
                            extents,
                            dilation,
                            before,
                            after,
                            hint,
                            null),
                    "the gradient of the pooling " + spec);
            dnnl_primitive_desc_destroy(hint);
        }
        Operation made = new Operation(context.engine, descriptor);
        made.argument(forward ? DNNL_ARG_SRC : DNNL_ARG_DIFF_SRC, Slot.owning(context.engine, x));
        made.argument(forward ? DNNL_ARG_DST : DNNL_ARG_DIFF_DST, Slot.owning(context.engine, y));
        if (keepsWorkspace(spec)) {
            made.queried(DNNL_ARG_WORKSPACE);
        }
        return made;
    }
}
