package io.github.unrolled.nn.cell;

import io.github.unrolled.autodiff.Ops;
import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.autodiff.RecurrentOps;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.engine.RecurrentKind;
import io.github.unrolled.engine.RecurrentSpec;
import io.github.unrolled.engine.RecurrentWeights;
import io.github.unrolled.nn.Cell;
import io.github.unrolled.nn.Embedding;
import io.github.unrolled.nn.Initializer;
import io.github.unrolled.nn.Mask;
import io.github.unrolled.nn.Parameters;
import io.github.unrolled.nn.Sequence;
import io.github.unrolled.nn.State;
import io.github.unrolled.nn.Step;
import io.github.unrolled.nn.StepFunction;
import io.github.unrolled.nn.Stepper;
import io.github.unrolled.nn.Unroll;
import io.github.unrolled.tensor.Shape;
import java.util.List;

/**
 * A cell with a fused sequence kernel. Two ways lead to the same numbers: {@link #formula}, the cell's definition
 * operation by operation, and the kernel, which serves whenever it computes all that
 * the cell was asked for and the engine has one for its sizes.
 *
 * @param <S> the cell's state
 */
abstract class FusedCell<S extends State<S>> implements Cell<S> {
    private final RecurrentKind kind;
    private final double recurrentDropout;
    private final Parameter weightInput;
    private final Parameter weightHidden;
    private final Parameter bias;

    FusedCell(
            RecurrentKind kind,
            Parameters parameters,
            int inputSize,
            int hiddenSize,
            Initializer biasInitializer,
            double recurrentDropout) {
        this.kind = kind;
        this.recurrentDropout = recurrentDropout;
        int width = kind.gates() * hiddenSize;
        weightInput = parameters.create("weightInput", Shape.of(inputSize, width), Initializer.glorot(kind.gates()));
        weightHidden =
                parameters.create("weightHidden", Shape.of(hiddenSize, width), Initializer.orthogonal(kind.gates()));
        bias = parameters.create("bias", Shape.of(kind.biases() * hiddenSize), biasInitializer);
    }

    /** The weights of one sequence on a tape; those of the recurrence after recurrent dropout. */
    record Weights(Variable input, Variable hidden, Variable bias) {}

    /** One step by single operations: the definition of the cell. */
    abstract StepFunction<S> formula(Tape tape, Weights weights);

    abstract S state(List<Variable> parts);

    /** Whether the kernel computes all that this cell was asked for. */
    boolean isFusible() {
        return true;
    }

    private boolean isFused(Tape tape, int inputs) {
        return isFusible() && tape.engine().fuses(kind, inputs, outputSize());
    }

    Weights weights(Tape tape) {
        Variable hidden = tape.use(weightHidden);
        return new Weights(
                tape.use(weightInput), Ops.dropout(hidden, recurrentDropout, hidden.shape()), tape.use(bias));
    }

    @Override
    public final int inputSize() {
        return weightInput.shape().dim(0);
    }

    @Override
    public final int outputSize() {
        return weightHidden.shape().dim(0);
    }

    /** The fused kernel's kind. */
    final RecurrentKind kind() {
        return kind;
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(weightInput, weightHidden, bias);
    }

    @Override
    public S zeroState(Tape tape, Shape places) {
        Shape shape = places.append(outputSize());
        return state(java.util.stream.Stream.generate(() -> tape.constant(tape.zeros(shape)))
                .limit(kind.states())
                .toList());
    }

    @Override
    public StepFunction<S> bind(Tape tape) {
        Weights weights = weights(tape);
        if (!isFused(tape, inputSize())) {
            return formula(tape, weights);
        }
        return (x, state) -> {
            Variable single =
                    Ops.reshape(x, Shape.of(1, x.shape().dim(0), x.shape().dim(1)));
            Sequence<S> sequence = fused(single, state, weights);
            return new Step<>(Ops.step(sequence.outputs(), 0), sequence.state());
        };
    }

    @Override
    public Sequence<S> unroll(Tape tape, Variable x, S state, Mask mask) {
        if (!isFused(tape, inputSize()) || !mask.isNone()) {
            return Unroll.stepwise(this, tape, x, state, mask);
        }
        Unroll.check(this, x, mask);
        return fused(x, state, weights(tape));
    }

    /**
     * A token selects a row of embedding times input weights. With a small vocabulary and many tokens, multiplying those
     * two and reading one-hot rows costs less than reading embedded rows.
     */
    @Override
    public Sequence<S> unrollTokens(Tape tape, Embedding embedding, int[] tokens, int time, S state) {
        long saved = (long) tokens.length * (embedding.features() - embedding.vocabulary());
        long folding = (long) embedding.vocabulary() * embedding.features();
        if (saved <= folding || !isFused(tape, embedding.vocabulary())) {
            return Cell.super.unrollTokens(tape, embedding, tokens, time, state);
        }
        Weights plain = weights(tape);
        Variable folded = Ops.matmul(tape.use(embedding.table()), plain.input);
        Variable rows = RecurrentOps.oneHot(tape, tokens, embedding.vocabulary());
        Variable x = Ops.reshape(rows, Shape.of(time, tokens.length / time, embedding.vocabulary()));
        return fused(x, state, new Weights(folded, plain.hidden, plain.bias));
    }

    @Override
    public Stepper stepper(Engine engine, Shape places) {
        if (!isFusible() || !engine.fuses(kind, inputSize(), outputSize())) {
            return Cell.super.stepper(engine, places);
        }
        return new FusedStepper(
                engine,
                new RecurrentSpec(kind, 1, places.dim(0), inputSize(), outputSize(), false),
                new RecurrentWeights(weightInput.value(), weightHidden.value(), bias.value()));
    }

    private Sequence<S> fused(Variable x, S state, Weights weights) {
        RecurrentOps.Result result =
                RecurrentOps.recurrent(kind, x, state.parts(), weights.input, weights.hidden, weights.bias);
        return new Sequence<>(result.outputs(), state(result.states()));
    }
}
