package io.github.unrolled.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.github.unrolled.engine.RecurrentKind;
import io.github.unrolled.engine.RecurrentSequence;
import io.github.unrolled.engine.RecurrentSpec;
import io.github.unrolled.engine.RecurrentWeights;
import io.github.unrolled.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.jspecify.annotations.Nullable;

/**
 * oneDNN's fused recurrent primitive for one layer. oneDNN wants the weights in layouts of its own, one for the forward
 * and one for the backward pass: they are packed before every pass, except for inference on persistent weights, which
 * are packed once per version. Gradients of the weights keep the plain layout and are added to by the primitive itself.
 */
final class RecurrentLayer implements AutoCloseable {
    private static final int[] STATES_IN = {DNNL_ARG_SRC_ITER, DNNL_ARG_SRC_ITER_C};
    private static final int[] STATES_OUT = {DNNL_ARG_DST_ITER, DNNL_ARG_DST_ITER_C};
    private static final int[] STATE_GRADIENTS_IN = {DNNL_ARG_DIFF_SRC_ITER, DNNL_ARG_DIFF_SRC_ITER_C};
    private static final int[] STATE_GRADIENTS_OUT = {DNNL_ARG_DIFF_DST_ITER, DNNL_ARG_DIFF_DST_ITER_C};

    private final Context context;
    private final RecurrentSpec spec;
    private final List<dnnl_memory_desc> descriptors = new ArrayList<>();
    private final dnnl_memory_desc x;
    private final dnnl_memory_desc y;
    private final dnnl_memory_desc state;
    private final dnnl_memory_desc weightInput;
    private final dnnl_memory_desc weightHidden;
    private final dnnl_memory_desc bias;
    private final dnnl_memory_desc anyInput;
    private final dnnl_memory_desc anyHidden;
    private final Pass forward;
    private @Nullable Pass backward;

    RecurrentLayer(Context context, RecurrentSpec spec) {
        this.context = context;
        this.spec = spec;
        int gates = spec.kind().gates();
        int hidden = spec.hiddenSize();
        x = keep(Dnnl.tagged(dnnl_tnc, spec.time(), spec.batch(), spec.inputSize()));
        y = keep(Dnnl.tagged(dnnl_tnc, spec.time(), spec.batch(), hidden));
        state = keep(Dnnl.tagged(dnnl_ldnc, 1, 1, spec.batch(), hidden));
        weightInput = keep(Dnnl.tagged(dnnl_ldigo, 1, 1, spec.inputSize(), gates, hidden));
        weightHidden = keep(Dnnl.tagged(dnnl_ldigo, 1, 1, hidden, gates, hidden));
        bias = keep(Dnnl.tagged(dnnl_ldgo, 1, 1, spec.kind().biases(), hidden));
        anyInput = keep(Dnnl.tagged(dnnl_format_tag_any, 1, 1, spec.inputSize(), gates, hidden));
        anyHidden = keep(Dnnl.tagged(dnnl_format_tag_any, 1, 1, hidden, gates, hidden));
        forward = new Pass(forwardDescriptor());
        if (spec.training()) {
            forward.operation.queried(DNNL_ARG_WORKSPACE);
        }
    }

    /** Floats in the workspace that the backward pass reads. */
    long workspaceElements() {
        return spec.training() ? forward.operation.slot(DNNL_ARG_WORKSPACE).elements() : 0;
    }

    void forward(RecurrentSequence in, RecurrentWeights weights, RecurrentSequence out, Tensor workspace) {
        forward.bind(in, weights, out, !spec.training());
        if (spec.training()) {
            forward.operation.slot(DNNL_ARG_WORKSPACE).bind(workspace);
        }
        forward.operation.run(context.stream);
    }

    void backward(
            RecurrentSequence in,
            RecurrentWeights weights,
            RecurrentSequence out,
            Tensor workspace,
            RecurrentSequence dOut,
            RecurrentSequence dIn,
            RecurrentWeights dWeights) {
        Pass pass = backward;
        if (pass == null) {
            pass = backwardPass();
            backward = pass;
        }
        pass.bind(in, weights, out, false);
        Operation operation = pass.operation;
        operation.slot(DNNL_ARG_WORKSPACE).bind(workspace);
        operation.slot(DNNL_ARG_DIFF_SRC_LAYER).bind(dIn.sequence());
        operation.slot(DNNL_ARG_DIFF_DST_LAYER).bind(dOut.sequence());
        operation.slot(DNNL_ARG_DIFF_WEIGHTS_LAYER).bind(dWeights.input());
        operation.slot(DNNL_ARG_DIFF_WEIGHTS_ITER).bind(dWeights.hidden());
        operation.slot(DNNL_ARG_DIFF_BIAS).bind(dWeights.bias());
        for (int i = 0; i < spec.kind().states(); i++) {
            operation.slot(STATE_GRADIENTS_IN[i]).bind(dIn.states().get(i));
            operation.slot(STATE_GRADIENTS_OUT[i]).bind(dOut.states().get(i));
        }
        operation.run(context.stream);
    }

    private Pass backwardPass() {
        Pass pass = new Pass(backwardDescriptor());
        Operation operation = pass.operation;
        operation.queried(DNNL_ARG_WORKSPACE);
        operation.argument(DNNL_ARG_DIFF_SRC_LAYER, slot(x));
        operation.argument(DNNL_ARG_DIFF_DST_LAYER, slot(y));
        operation.argument(DNNL_ARG_DIFF_WEIGHTS_LAYER, slot(weightInput));
        operation.argument(DNNL_ARG_DIFF_WEIGHTS_ITER, slot(weightHidden));
        operation.argument(DNNL_ARG_DIFF_BIAS, slot(bias));
        for (int i = 0; i < spec.kind().states(); i++) {
            operation.argument(STATE_GRADIENTS_IN[i], slot(state));
            operation.argument(STATE_GRADIENTS_OUT[i], slot(state));
        }
        return pass;
    }

    private Slot slot(dnnl_memory_desc layout) {
        return Slot.borrowing(context.engine, layout);
    }

    private dnnl_memory_desc keep(dnnl_memory_desc descriptor) {
        descriptors.add(descriptor);
        return descriptor;
    }

    private dnnl_primitive_desc forwardDescriptor() {
        dnnl_primitive_desc made = new dnnl_primitive_desc();
        int use = spec.training() ? dnnl_forward_training : dnnl_forward_inference;
        int direction = dnnl_unidirectional_left2right;
        RecurrentKind kind = spec.kind();
        int status = switch (kind) {
            case RNN_TANH, RNN_RELU ->
                dnnl_vanilla_rnn_forward_primitive_desc_create(
                        made,
                        context.engine,
                        use,
                        activation(kind),
                        direction,
                        x,
                        state,
                        anyInput,
                        anyHidden,
                        bias,
                        y,
                        state,
                        0,
                        0f,
                        0f,
                        null);
            case LSTM ->
                dnnl_lstm_forward_primitive_desc_create(
                        made,
                        context.engine,
                        use,
                        direction,
                        x,
                        state,
                        state,
                        anyInput,
                        anyHidden,
                        null,
                        null,
                        bias,
                        y,
                        state,
                        state,
                        0,
                        null);
            case GRU_RESET_BEFORE ->
                dnnl_gru_forward_primitive_desc_create(
                        made, context.engine, use, direction, x, state, anyInput, anyHidden, bias, y, state, 0, null);
            case GRU_RESET_AFTER ->
                dnnl_lbr_gru_forward_primitive_desc_create(
                        made, context.engine, use, direction, x, state, anyInput, anyHidden, bias, y, state, 0, null);
        };
        Dnnl.check(status, "the forward pass of " + spec);
        return made;
    }

    private static int activation(RecurrentKind kind) {
        return kind == RecurrentKind.RNN_RELU ? dnnl_eltwise_relu : dnnl_eltwise_tanh;
    }

    private dnnl_primitive_desc backwardDescriptor() {
        dnnl_primitive_desc made = new dnnl_primitive_desc();
        dnnl_primitive_desc hint = forward.operation.descriptor();
        int direction = dnnl_unidirectional_left2right;
        RecurrentKind kind = spec.kind();
        int status = switch (kind) {
            case RNN_TANH, RNN_RELU ->
                dnnl_vanilla_rnn_backward_primitive_desc_create(
                        made,
                        context.engine,
                        dnnl_backward,
                        activation(kind),
                        direction,
                        x,
                        state,
                        anyInput,
                        anyHidden,
                        bias,
                        y,
                        state,
                        x,
                        state,
                        weightInput,
                        weightHidden,
                        bias,
                        y,
                        state,
                        0,
                        0f,
                        0f,
                        hint,
                        null);
            case LSTM ->
                dnnl_lstm_backward_primitive_desc_create(
                        made,
                        context.engine,
                        dnnl_backward,
                        direction,
                        x,
                        state,
                        state,
                        anyInput,
                        anyHidden,
                        null,
                        null,
                        bias,
                        y,
                        state,
                        state,
                        x,
                        state,
                        state,
                        weightInput,
                        weightHidden,
                        null,
                        null,
                        bias,
                        y,
                        state,
                        state,
                        0,
                        hint,
                        null);
            case GRU_RESET_BEFORE ->
                dnnl_gru_backward_primitive_desc_create(
                        made,
                        context.engine,
                        dnnl_backward,
                        direction,
                        x,
                        state,
                        anyInput,
                        anyHidden,
                        bias,
                        y,
                        state,
                        x,
                        state,
                        weightInput,
                        weightHidden,
                        bias,
                        y,
                        state,
                        0,
                        hint,
                        null);
            case GRU_RESET_AFTER ->
                dnnl_lbr_gru_backward_primitive_desc_create(
                        made,
                        context.engine,
                        dnnl_backward,
                        direction,
                        x,
                        state,
                        anyInput,
                        anyHidden,
                        bias,
                        y,
                        state,
                        x,
                        state,
                        weightInput,
                        weightHidden,
                        bias,
                        y,
                        state,
                        0,
                        hint,
                        null);
        };
        Dnnl.check(status, "the backward pass of " + spec);
        return made;
    }

    @Override
    public void close() {
        if (backward != null) {
            backward.close();
        }
        forward.close();
        descriptors.forEach(org.bytedeco.dnnl.global.dnnl::dnnl_memory_desc_destroy);
    }

    /** One direction: its primitive, the weights in its layouts, and the arguments that both directions share. */
    private final class Pass implements AutoCloseable {
        final Operation operation;
        private final PackedWeight packedInput;
        private final PackedWeight packedHidden;

        Pass(dnnl_primitive_desc descriptor) {
            operation = new Operation(context.engine, descriptor);
            packedInput = new PackedWeight(context, weightInput, operation.layout(DNNL_ARG_WEIGHTS_LAYER));
            packedHidden = new PackedWeight(context, weightHidden, operation.layout(DNNL_ARG_WEIGHTS_ITER));
            operation.queried(DNNL_ARG_WEIGHTS_LAYER).bind(packedInput.memory(), 0);
            operation.queried(DNNL_ARG_WEIGHTS_ITER).bind(packedHidden.memory(), 0);
            operation.argument(DNNL_ARG_SRC_LAYER, slot(x));
            operation.argument(DNNL_ARG_BIAS, slot(bias));
            operation.argument(DNNL_ARG_DST_LAYER, slot(y));
            for (int i = 0; i < spec.kind().states(); i++) {
                operation.argument(STATES_IN[i], slot(state));
                operation.argument(STATES_OUT[i], slot(state));
            }
        }

        void bind(RecurrentSequence in, RecurrentWeights weights, RecurrentSequence out, boolean reusePacked) {
            packedInput.pack(weights.input(), reusePacked);
            packedHidden.pack(weights.hidden(), reusePacked);
            operation.slot(DNNL_ARG_SRC_LAYER).bind(in.sequence());
            operation.slot(DNNL_ARG_DST_LAYER).bind(out.sequence());
            operation.slot(DNNL_ARG_BIAS).bind(weights.bias());
            for (int i = 0; i < spec.kind().states(); i++) {
                operation.slot(STATES_IN[i]).bind(in.states().get(i));
                operation.slot(STATES_OUT[i]).bind(out.states().get(i));
            }
        }

        @Override
        public void close() {
            operation.close();
            packedInput.close();
            packedHidden.close();
        }
    }
}
