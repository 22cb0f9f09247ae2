package io.github.unrolled.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;

/** Layer normalisation and softmax over rows. */
final class Normalization {
    private final Context context;

    Normalization(Context context) {
        this.context = context;
    }

    private record LayerNormKey(int rows, int columns, float epsilon) {}

    private record LayerNormBackwardKey(int rows, int columns, float epsilon) {}

    private record SoftmaxKey(int rows, int columns) {}

    void layerNorm(Tensor x, Tensor gain, Tensor bias, double epsilon, Tensor y, Tensor statistics) {
        int rows = x.shape().rows();
        int columns = x.shape().columns();
        LayerNormKey key = new LayerNormKey(rows, columns, (float) epsilon);
        Operation operation = context.cache.get(key, Operation.class, () -> {
            dnnl_memory_desc matrix = Dnnl.dense(rows, columns);
            dnnl_memory_desc perRow = Dnnl.dense(rows);
            Operation made = new Operation(context.engine, forward(matrix, perRow, key.epsilon));
            made.argument(DNNL_ARG_SRC, Slot.owning(context.engine, matrix));
            made.argument(DNNL_ARG_MEAN, Slot.owning(context.engine, perRow));
            made.queried(DNNL_ARG_VARIANCE);
            made.queried(DNNL_ARG_SCALE);
            made.queried(DNNL_ARG_SHIFT);
            made.queried(DNNL_ARG_DST);
            return made;
        });
        operation.slot(DNNL_ARG_SRC).bind(x);
        operation.slot(DNNL_ARG_MEAN).bind(statistics.slice(0, 1));
        operation.slot(DNNL_ARG_VARIANCE).bind(statistics.slice(1, 2));
        operation.slot(DNNL_ARG_SCALE).bind(gain);
        operation.slot(DNNL_ARG_SHIFT).bind(bias);
        operation.slot(DNNL_ARG_DST).bind(y);
        operation.run(context.stream);
    }

    /** {@code dGainAndBias} {@code [2, columns]} is overwritten. */
    void layerNormBackward(
            Tensor x, Tensor gain, double epsilon, Tensor statistics, Tensor dy, Tensor dx, Tensor dGainAndBias) {
        int rows = x.shape().rows();
        int columns = x.shape().columns();
        LayerNormBackwardKey key = new LayerNormBackwardKey(rows, columns, (float) epsilon);
        Operation operation = context.cache.get(key, Operation.class, () -> {
            dnnl_memory_desc matrix = Dnnl.dense(rows, columns);
            dnnl_memory_desc perRow = Dnnl.dense(rows);
            dnnl_primitive_desc hint = forward(matrix, perRow, key.epsilon);
            dnnl_primitive_desc descriptor = new dnnl_primitive_desc();
            Dnnl.check(
                    dnnl_layer_normalization_backward_primitive_desc_create(
                            descriptor,
                            context.engine,
                            dnnl_backward,
                            matrix,
                            matrix,
                            matrix,
                            perRow,
                            key.epsilon,
                            dnnl_use_scale | dnnl_use_shift,
                            hint,
                            null),
                    "the backward pass of layer normalisation");
            dnnl_primitive_desc_destroy(hint);
            Operation made = new Operation(context.engine, descriptor);
            made.argument(DNNL_ARG_SRC, Slot.owning(context.engine, matrix));
            made.argument(DNNL_ARG_MEAN, Slot.owning(context.engine, perRow));
            made.queried(DNNL_ARG_VARIANCE);
            made.queried(DNNL_ARG_SCALE);
            made.queried(DNNL_ARG_DIFF_DST);
            made.queried(DNNL_ARG_DIFF_SRC);
            made.queried(DNNL_ARG_DIFF_SCALE);
            made.queried(DNNL_ARG_DIFF_SHIFT);
            return made;
        });
        operation.slot(DNNL_ARG_SRC).bind(x);
        operation.slot(DNNL_ARG_MEAN).bind(statistics.slice(0, 1));
        operation.slot(DNNL_ARG_VARIANCE).bind(statistics.slice(1, 2));
        operation.slot(DNNL_ARG_SCALE).bind(gain);
        operation.slot(DNNL_ARG_DIFF_DST).bind(dy);
        operation.slot(DNNL_ARG_DIFF_SRC).bind(dx);
        operation.slot(DNNL_ARG_DIFF_SCALE).bind(dGainAndBias.slice(0, 1));
        operation.slot(DNNL_ARG_DIFF_SHIFT).bind(dGainAndBias.slice(1, 2));
        operation.run(context.stream);
    }

    private dnnl_primitive_desc forward(dnnl_memory_desc matrix, dnnl_memory_desc perRow, float epsilon) {
        dnnl_primitive_desc descriptor = new dnnl_primitive_desc();
        Dnnl.check(
                dnnl_layer_normalization_forward_primitive_desc_create(
                        descriptor,
                        context.engine,
                        dnnl_forward_training,
                        matrix,
                        matrix,
                        perRow,
                        epsilon,
                        dnnl_use_scale | dnnl_use_shift,
                        null),
                "layer normalisation");
        return descriptor;
    }

    void softmax(Tensor x, Tensor y) {
        Shape shape = x.shape();
        SoftmaxKey key = new SoftmaxKey(shape.rows(), shape.columns());
        Operation operation = context.cache.get(key, Operation.class, () -> {
            dnnl_memory_desc matrix = Dnnl.dense(key.rows, key.columns);
            dnnl_primitive_desc descriptor = new dnnl_primitive_desc();
            Dnnl.check(
                    dnnl_softmax_forward_primitive_desc_create(
                            descriptor,
                            context.engine,
                            dnnl_forward_inference,
                            dnnl_softmax_accurate,
                            matrix,
                            matrix,
                            1,
                            null),
                    "softmax");
            Operation made = new Operation(context.engine, descriptor);
            made.argument(DNNL_ARG_SRC, Slot.owning(context.engine, matrix));
            made.queried(DNNL_ARG_DST);
            return made;
        });
        operation.slot(DNNL_ARG_SRC).bind(x);
        operation.slot(DNNL_ARG_DST).bind(y);
        operation.run(context.stream);
    }
}
