package io.github.unrolled.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;

/** Rectification with a slope for negative values, and its gradients. */
final class Prelu {
    private static final int WIDEST = 64;

    private record Key(int rows, int columns, boolean forward) {}

    private final Context context;
    private final Elementwise elementwise;

    Prelu(Context context, Elementwise elementwise) {
        this.context = context;
        this.elementwise = elementwise;
    }

    void forward(Tensor x, Tensor slope, Tensor y) {
        int columns = columns(x, slope);
        Operation operation = operation(x, columns, true);
        operation.slot(DNNL_ARG_SRC).bind(x);
        operation.slot(DNNL_ARG_WEIGHTS).bind(repeated(slope, context.scratch(Shape.of(columns)), columns));
        operation.slot(DNNL_ARG_DST).bind(y);
        operation.run(context.stream);
    }

    void backward(Tensor x, Tensor slope, Tensor dy, Tensor dx, Tensor dSlope) {
        int columns = columns(x, slope);
        Operation operation = operation(x, columns, false);
        Tensor scratch = context.scratch(Shape.of(2, columns));
        Tensor ofSlope = scratch.step(1);
        operation.slot(DNNL_ARG_SRC).bind(x);
        operation.slot(DNNL_ARG_WEIGHTS).bind(repeated(slope, scratch.step(0), columns));
        operation.slot(DNNL_ARG_DIFF_DST).bind(dy);
        operation.slot(DNNL_ARG_DIFF_SRC).bind(dx);
        operation.slot(DNNL_ARG_DIFF_WEIGHTS).bind(ofSlope);
        operation.run(context.stream);
        if (slope.elements() == columns) {
            elementwise.add(ofSlope, dSlope);
            return;
        }
        double sum = dSlope.scalar();
        for (double part : ofSlope.toDoubles()) {
            sum += part;
        }
        dSlope.memory().fill(dSlope.offset(), 1, sum);
    }

    /**
     * oneDNN is fast with a slope for every column only. One slope for everything is repeated, and x seen as a matrix of
     * as many columns as divide its elements, at most {@link #WIDEST}.
     */
    private static int columns(Tensor x, Tensor slope) {
        if (slope.elements() > 1) {
            return x.shape().columns();
        }
        int columns = WIDEST;
        while (x.elements() % columns != 0) {
            columns--;
        }
        return columns;
    }

    private static Tensor repeated(Tensor slope, Tensor scratch, int columns) {
        if (slope.elements() == columns) {
            return slope;
        }
        scratch.memory().fill(scratch.offset(), columns, slope.scalar());
        return scratch;
    }

    private Operation operation(Tensor x, int columns, boolean forward) {
        Key key = new Key(Math.toIntExact(x.elements() / columns), columns, forward);
        return context.cache.get(key, Operation.class, () -> make(key));
    }

    private Operation make(Key key) {
        // A column of pixels: the layout in which oneDNN takes slopes per channel at full speed.
        dnnl_memory_desc x = Dnnl.tagged(dnnl_nhwc, 1, key.columns, key.rows, 1);
        dnnl_memory_desc slope = Dnnl.tagged(dnnl_nhwc, 1, key.columns, 1, 1);
        dnnl_primitive_desc descriptor = new dnnl_primitive_desc();
        Dnnl.check(
                dnnl_prelu_forward_primitive_desc_create(
                        descriptor, context.engine, dnnl_forward_training, x, slope, x, null),
                "a rectification");
        if (!key.forward) {
            dnnl_primitive_desc hint = descriptor;
            descriptor = new dnnl_primitive_desc();
            Dnnl.check(
                    dnnl_prelu_backward_primitive_desc_create(
                            descriptor, context.engine, x, slope, x, slope, x, hint, null),
                    "the gradient of a rectification");
            dnnl_primitive_desc_destroy(hint);
        }
        Operation made = new Operation(context.engine, descriptor);
        made.argument(DNNL_ARG_SRC, Slot.owning(context.engine, x));
        made.argument(DNNL_ARG_WEIGHTS, Slot.owning(context.engine, slope));
        if (key.forward) {
            made.queried(DNNL_ARG_DST);
        } else {
            made.queried(DNNL_ARG_DIFF_DST);
            made.queried(DNNL_ARG_DIFF_SRC);
            made.queried(DNNL_ARG_DIFF_WEIGHTS);
        }
        return made;
    }
}
