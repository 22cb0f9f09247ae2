package io.github.unrolled.autodiff;

import io.github.unrolled.engine.Engine;
import io.github.unrolled.engine.RecurrentKind;
import io.github.unrolled.engine.RecurrentSequence;
import io.github.unrolled.engine.RecurrentSpec;
import io.github.unrolled.engine.RecurrentWeights;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** A whole recurrent layer over a whole sequence as one operation of the tape. */
public final class RecurrentOps {
    private RecurrentOps() {}

    /**
     * What a recurrent layer returns.
     *
     * @param outputs {@code [time, batch, hiddenSize]}
     * @param states after the last step, {@code [batch, hiddenSize]} each
     */
    public record Result(Variable outputs, List<Variable> states) {}

    /**
     * Unrolls a fused cell.
     *
     * @param x {@code [time, batch, inputSize]}
     * @param states before the first step, {@code [batch, hiddenSize]} each
     * @param weightInput {@code [inputSize, gates · hiddenSize]}
     * @param weightHidden {@code [hiddenSize, gates · hiddenSize]}
     * @param bias {@code [biases · hiddenSize]}
     */
    public static Result recurrent(
            RecurrentKind kind,
            Variable x,
            List<Variable> states,
            Variable weightInput,
            Variable weightHidden,
            Variable bias) {
        Tape tape = x.tape();
        Engine engine = tape.engine();
        RecurrentSpec spec = new RecurrentSpec(
                kind,
                x.shape().dim(0),
                x.shape().dim(1),
                x.shape().dim(2),
                weightHidden.shape().dim(0),
                tape.isRecording());
        RecurrentSequence in = sequence(x.value(), states);
        RecurrentWeights weights = new RecurrentWeights(weightInput.value(), weightHidden.value(), bias.value());
        RecurrentSequence out = new RecurrentSequence(
                tape.allocate(spec.outputShape()),
                states.stream().map(state -> tape.allocate(spec.stateShape())).toList());
        Tensor workspace = tape.allocate(engine.recurrentWorkspace(spec));
        engine.recurrentForward(spec, in, weights, out, workspace);

        List<Variable> inputs = new ArrayList<>(states);
        inputs.addAll(List.of(x, weightInput, weightHidden, bias));
        Variable[] all = inputs.toArray(Variable[]::new);
        Variable outputs = tape.result(out.sequence(), all);
        List<Variable> last =
                out.states().stream().map(state -> tape.result(state, all)).toList();
        List<Variable> results = new ArrayList<>(last);
        results.add(outputs);
        tape.record(results, () -> {
            RecurrentSequence dOut = new RecurrentSequence(
                    outputs.gradient(), last.stream().map(Variable::gradient).toList());
            boolean direct = x.requiresGradient() && !x.mustAccumulate();
            RecurrentSequence dIn = new RecurrentSequence(
                    direct ? x.gradientToWrite() : tape.allocate(x.shape()),
                    states.stream().map(state -> tape.allocate(state.shape())).toList());
            RecurrentWeights dWeights = new RecurrentWeights(added(weightInput), added(weightHidden), added(bias));
            engine.recurrentBackward(spec, in, weights, out, workspace, dOut, dIn, dWeights);
            if (x.requiresGradient() && !direct) {
                engine.copy(dIn.sequence(), x.gradientToAdd(), true);
            }
            for (int i = 0; i < states.size(); i++) {
                if (states.get(i).requiresGradient()) {
                    engine.copy(dIn.states().get(i), states.get(i).gradientToAdd(), true);
                }
            }
        });
        return new Result(outputs, last);
    }

    /** Where the kernel adds a weight's gradient; a throwaway for weights that need none. */
    private static Tensor added(Variable weight) {
        return weight.requiresGradient()
                ? weight.gradientToAdd()
                : weight.tape().zeros(weight.shape());
    }

    private static RecurrentSequence sequence(Tensor x, List<Variable> states) {
        return new RecurrentSequence(x, states.stream().map(Variable::value).toList());
    }

    /** Rows with a single 1: {@code [indices.length, size]}, a constant. */
    public static Variable oneHot(Tape tape, int[] indices, int size) {
        Tensor rows = tape.allocate(Shape.of(indices.length, size));
        tape.engine().oneHot(indices, rows);
        return tape.constant(rows);
    }
}
