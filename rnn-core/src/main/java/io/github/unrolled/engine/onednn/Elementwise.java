package io.github.unrolled.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.github.unrolled.engine.Binary;
import io.github.unrolled.engine.Unary;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;

/** Functions applied element by element, and sums. Each is a cached primitive for a number of elements or a shape. */
final class Elementwise {
    private final Context context;

    Elementwise(Context context) {
        this.context = context;
    }

    private record UnaryKey(Unary op, long elements) {}

    private record UnaryBackwardKey(Unary op, long elements) {}

    private record LinearKey(float factor, float shift, long elements) {}

    private record BinaryKey(Binary op, List<Long> a, List<Long> b) {}

    private record ReductionKey(List<Long> from, List<Long> to) {}

    void unary(Unary op, Tensor x, Tensor y) {
        Operation operation = context.cache.get(new UnaryKey(op, x.elements()), Operation.class, () -> {
            dnnl_memory_desc flat = Dnnl.dense(x.elements());
            dnnl_primitive_desc descriptor = eltwise(algorithm(op), flat, 0, 0);
            Operation made = new Operation(context.engine, descriptor);
            made.argument(DNNL_ARG_SRC, Slot.owning(context.engine, flat));
            made.queried(DNNL_ARG_DST);
            return made;
        });
        run(operation, DNNL_ARG_SRC, x, DNNL_ARG_DST, y);
    }

    void unaryBackward(Unary op, Tensor y, Tensor dy, Tensor dx) {
        Operation operation = context.cache.get(new UnaryBackwardKey(op, y.elements()), Operation.class, () -> {
            dnnl_memory_desc flat = Dnnl.dense(y.elements());
            dnnl_primitive_desc hint = eltwise(algorithm(op), flat, 0, 0);
            dnnl_primitive_desc descriptor = new dnnl_primitive_desc();
            Dnnl.check(
                    dnnl_eltwise_backward_primitive_desc_create(
                            descriptor, context.engine, algorithm(op), flat, flat, flat, 0, 0, hint, null),
                    "the backward pass of " + op);
            dnnl_primitive_desc_destroy(hint);
            Operation made = new Operation(context.engine, descriptor);
            made.argument(DNNL_ARG_DST, Slot.owning(context.engine, flat));
            made.queried(DNNL_ARG_DIFF_DST);
            made.queried(DNNL_ARG_DIFF_SRC);
            return made;
        });
        operation.slot(DNNL_ARG_DST).bind(y);
        run(operation, DNNL_ARG_DIFF_DST, dy, DNNL_ARG_DIFF_SRC, dx);
    }

    void scale(Tensor x, double factor, double shift, Tensor y) {
        LinearKey key = new LinearKey((float) factor, (float) shift, x.elements());
        Operation operation = context.cache.get(key, Operation.class, () -> {
            dnnl_memory_desc flat = Dnnl.dense(x.elements());
            Operation made = new Operation(context.engine, eltwise(dnnl_eltwise_linear, flat, key.factor, key.shift));
            made.argument(DNNL_ARG_SRC, Slot.owning(context.engine, flat));
            made.queried(DNNL_ARG_DST);
            return made;
        });
        run(operation, DNNL_ARG_SRC, x, DNNL_ARG_DST, y);
    }

    void binary(Binary op, Tensor a, Tensor b, Tensor y) {
        long[][] dims = commonAxes(a.shape(), b.shape());
        Operation operation =
                context.cache.get(new BinaryKey(op, boxed(dims[0]), boxed(dims[1])), Operation.class, () -> {
                    dnnl_memory_desc left = Dnnl.dense(dims[0]);
                    dnnl_memory_desc right = Dnnl.dense(dims[1]);
                    dnnl_primitive_desc descriptor = new dnnl_primitive_desc();
                    int algorithm = switch (op) {
                        case ADD -> dnnl_binary_add;
                        case SUBTRACT -> dnnl_binary_sub;
                        case MULTIPLY -> dnnl_binary_mul;
                    };
                    Dnnl.check(
                            dnnl_binary_primitive_desc_create(
                                    descriptor, context.engine, algorithm, left, right, left, null),
                            "the operation " + op);
                    Operation made = new Operation(context.engine, descriptor);
                    made.argument(DNNL_ARG_SRC_0, Slot.owning(context.engine, left));
                    made.argument(DNNL_ARG_SRC_1, Slot.owning(context.engine, right));
                    made.queried(DNNL_ARG_DST);
                    return made;
                });
        operation.slot(DNNL_ARG_SRC_1).bind(b);
        run(operation, DNNL_ARG_SRC_0, a, DNNL_ARG_DST, y);
    }

    /** target += source, element by element whatever the shapes. */
    void add(Tensor source, Tensor target) {
        int count = Math.toIntExact(target.elements());
        Tensor flat = target.reshape(count);
        binary(Binary.ADD, flat, source.reshape(count), flat);
    }

    /** Overwrites y. */
    void sum(Tensor x, Tensor y) {
        long[][] dims = commonAxes(x.shape(), y.shape());
        if (Arrays.equals(dims[0], dims[1])) {
            scale(x, 1, 0, y);
            return;
        }
        if (isOverRows(dims)) {
            int axes = dims[0].length;
            int blocks = axes == 3 ? (int) dims[0][0] : 1;
            HostKernels.sumRows(x, y, blocks, (int) dims[0][axes - 2], (int) dims[0][axes - 1]);
            return;
        }
        Operation operation =
                context.cache.get(new ReductionKey(boxed(dims[0]), boxed(dims[1])), Operation.class, () -> {
                    dnnl_memory_desc from = Dnnl.dense(dims[0]);
                    dnnl_memory_desc to = Dnnl.dense(dims[1]);
                    dnnl_primitive_desc descriptor = new dnnl_primitive_desc();
                    Dnnl.check(
                            dnnl_reduction_primitive_desc_create(
                                    descriptor, context.engine, dnnl_reduction_sum, from, to, 0, 0, null),
                            "a sum");
                    Operation made = new Operation(context.engine, descriptor);
                    made.argument(DNNL_ARG_SRC, Slot.owning(context.engine, from));
                    made.argument(DNNL_ARG_DST, Slot.owning(context.engine, to));
                    return made;
                });
        run(operation, DNNL_ARG_SRC, x, DNNL_ARG_DST, y);
    }

    /**
     * Whether a matrix, or each of several, is summed to one row, as gradients of biases are. oneDNN 3.11 has only its
     * reference loop for that, hundreds of times slower than for other sums.
     */
    private static boolean isOverRows(long[][] dims) {
        int axes = dims[0].length;
        boolean columnsStay = dims[0][axes - 1] == dims[1][axes - 1];
        return columnsStay && axes >= 2 && axes <= 3 && dims[1][axes - 2] == 1;
    }

    private void run(Operation operation, int from, Tensor x, int to, Tensor y) {
        operation.slot(from).bind(x);
        operation.slot(to).bind(y);
        operation.run(context.stream);
    }

    private dnnl_primitive_desc eltwise(int algorithm, dnnl_memory_desc flat, float alpha, float beta) {
        dnnl_primitive_desc descriptor = new dnnl_primitive_desc();
        Dnnl.check(
                dnnl_eltwise_forward_primitive_desc_create(
                        descriptor, context.engine, dnnl_forward_training, algorithm, flat, flat, alpha, beta, null),
                "an element-wise function");
        return descriptor;
    }

    private static int algorithm(Unary op) {
        return switch (op) {
            case TANH -> dnnl_eltwise_tanh_use_dst_for_bwd;
            case SIGMOID -> dnnl_eltwise_logistic_use_dst_for_bwd;
            case RELU -> dnnl_eltwise_relu_use_dst_for_bwd;
            case EXP -> dnnl_eltwise_exp_use_dst_for_bwd;
            case SQRT -> dnnl_eltwise_sqrt_use_dst_for_bwd;
        };
    }

    /**
     * Both shapes with the smaller one's missing outer axes as 1, and neighbouring axes merged where both treat them
     * alike: fewer axes are fewer primitives, and oneDNN's fast paths know few.
     */
    private static long[][] commonAxes(Shape large, Shape small) {
        int rank = Math.max(1, large.rank());
        long[] a = new long[rank];
        long[] b = new long[rank];
        int axes = 0;
        for (int axis = 0; axis < rank; axis++) {
            int missing = rank - small.rank();
            long extentA = large.rank() == 0 ? 1 : large.dim(axis);
            long extentB = axis < missing ? 1 : small.dim(axis - missing);
            boolean repeated = extentB != extentA;
            if (axes > 0 && (extentA == 1 || repeated == (a[axes - 1] != b[axes - 1]))) {
                a[axes - 1] *= extentA;
                b[axes - 1] *= extentB;
            } else if (axes > 0 && a[axes - 1] == 1) {
                a[axes - 1] = extentA;
                b[axes - 1] = extentB;
            } else {
                a[axes] = extentA;
                b[axes++] = extentB;
            }
        }
        return new long[][] {Arrays.copyOf(a, axes), Arrays.copyOf(b, axes)};
    }

    private static List<Long> boxed(long[] dims) {
        return Arrays.stream(dims).boxed().toList();
    }
}
