package io.github.unrolled.nn.cell;

import io.github.unrolled.autodiff.Ops;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.engine.RecurrentKind;
import io.github.unrolled.nn.Initializer;
import io.github.unrolled.nn.Parameters;
import io.github.unrolled.nn.Step;
import io.github.unrolled.nn.StepFunction;
import java.util.List;

/**
 * The cell of Elman (1990): h' = f(x W + h U + b), f = tanh or ReLU; the output is h'.
 *
 * <p>Shapes: x {@code [batch, inputSize]}, h {@code [batch, hiddenSize]}, W {@code [inputSize, hiddenSize]}, U
 * {@code [hiddenSize, hiddenSize]}. Initial values: W by Glorot and Bengio 2010, U orthogonal (with ReLU the identity, Le,
 * Jaitly and Hinton 2015, is a good choice too), b = 0.
 */
public final class VanillaRnn extends FusedCell<HiddenState> {
    /** What f is. */
    public enum Activation {
        /** The hyperbolic tangent. */
        TANH,
        /** max(x, 0). */
        RELU
    }

    /**
     * Sizes and options.
     *
     * @param inputSize features of x
     * @param hiddenSize features of h
     * @param activation f
     * @param recurrentDropout probability of dropping an element of U for a whole sequence (Merity et al. 2018)
     */
    public record Options(int inputSize, int hiddenSize, Activation activation, double recurrentDropout) {
        /** tanh, no dropout. */
        public Options(int inputSize, int hiddenSize) {
            this(inputSize, hiddenSize, Activation.TANH, 0);
        }
    }

    private final Options options;

    /** Makes the cell and its parameters {@code weightInput}, {@code weightHidden}, {@code bias}. */
    public VanillaRnn(Parameters parameters, Options options) {
        super(
                options.activation == Activation.TANH ? RecurrentKind.RNN_TANH : RecurrentKind.RNN_RELU,
                parameters,
                options.inputSize,
                options.hiddenSize,
                Initializer.zeros(),
                options.recurrentDropout);
        this.options = options;
    }

    @Override
    StepFunction<HiddenState> formula(Tape tape, Weights weights) {
        return (x, state) -> {
            Variable sum =
                    Ops.add(Ops.affine(x, weights.input(), weights.bias()), Ops.matmul(state.h(), weights.hidden()));
            Variable h = options.activation == Activation.TANH ? Ops.tanh(sum) : Ops.relu(sum);
            return new Step<>(h, new HiddenState(h));
        };
    }

    @Override
    HiddenState state(List<Variable> parts) {
        return new HiddenState(parts.get(0));
    }
}
