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
 * The gated recurrent unit of Cho et al. (2014), with u = σ(x Wᵤ + h Uᵤ + bᵤ), r = σ(x Wᵣ + h Uᵣ + bᵣ) and
 * h' = u h + (1 - u) o; the output is h'. Two conventions for the candidate:
 *
 * <ul>
 *   <li>reset after the product, as in cuDNN and PyTorch: o = tanh(x Wₒ + bₒ + r (h Uₒ + b'));
 *   <li>reset before it, as in the paper: o = tanh(x Wₒ + (r h) Uₒ + bₒ).
 * </ul>
 *
 * <p>Columns of the weights in the order u, r, o; of the bias u, r, o and, with reset after, b'. Initial values: W by
 * Glorot and Bengio 2010, U orthogonal, bias 0.
 */
public final class Gru extends FusedCell<HiddenState> {
    /** Where the reset gate acts. */
    public enum Reset {
        /** On the state, before the product. */
        BEFORE,
        /** On the product. */
        AFTER
    }

    /**
     * Sizes and options.
     *
     * @param inputSize features of x
     * @param hiddenSize features of h
     * @param reset where the reset gate acts
     * @param recurrentDropout probability of dropping an element of U for a whole sequence (Merity et al. 2018)
     */
    public record Options(int inputSize, int hiddenSize, Reset reset, double recurrentDropout) {
        /** Reset after, no dropout. */
        public Options(int inputSize, int hiddenSize) {
            this(inputSize, hiddenSize, Reset.AFTER, 0);
        }
    }

    private final Options options;

    /** Makes the cell and its parameters {@code weightInput}, {@code weightHidden}, {@code bias}. */
    public Gru(Parameters parameters, Options options) {
        super(
                options.reset == Reset.AFTER ? RecurrentKind.GRU_RESET_AFTER : RecurrentKind.GRU_RESET_BEFORE,
                parameters,
                options.inputSize,
                options.hiddenSize,
                Initializer.zeros(),
                options.recurrentDropout);
        this.options = options;
    }

    @Override
    StepFunction<HiddenState> formula(Tape tape, Weights weights) {
        int n = options.hiddenSize;
        Variable gateBias = vector(weights.bias(), 0, 3 * n);
        if (options.reset == Reset.AFTER) {
            Variable productBias = vector(weights.bias(), 3 * n, n);
            return (x, state) -> {
                Variable fromInput = Ops.affine(x, weights.input(), gateBias);
                Variable fromState = Ops.matmul(state.h(), weights.hidden());
                Variable gates =
                        Ops.sigmoid(Ops.add(Ops.columns(fromInput, 0, 2 * n), Ops.columns(fromState, 0, 2 * n)));
                Variable product = Ops.add(Ops.columns(fromState, 2 * n, n), productBias);
                Variable r = Ops.columns(gates, n, n);
                Variable o = Ops.tanh(Ops.add(Ops.columns(fromInput, 2 * n, n), Ops.multiply(r, product)));
                return mix(Ops.columns(gates, 0, n), o, state);
            };
        }
        Variable hiddenGates = Ops.columns(weights.hidden(), 0, 2 * n);
        Variable hiddenCandidate = Ops.columns(weights.hidden(), 2 * n, n);
        return (x, state) -> {
            Variable fromInput = Ops.affine(x, weights.input(), gateBias);
            Variable gates = Ops.sigmoid(Ops.add(Ops.columns(fromInput, 0, 2 * n), Ops.matmul(state.h(), hiddenGates)));
            Variable kept = Ops.multiply(Ops.columns(gates, n, n), state.h());
            Variable o = Ops.tanh(Ops.add(Ops.columns(fromInput, 2 * n, n), Ops.matmul(kept, hiddenCandidate)));
            return mix(Ops.columns(gates, 0, n), o, state);
        };
    }

    private static Step<HiddenState> mix(Variable u, Variable o, HiddenState state) {
        Variable h = Ops.add(Ops.multiply(u, state.h()), Ops.multiply(Ops.oneMinus(u), o));
        return new Step<>(h, new HiddenState(h));
    }

    private static Variable vector(Variable bias, int from, int count) {
        return Ops.slice(bias, from, from + count);
    }

    @Override
    HiddenState state(List<Variable> parts) {
        return new HiddenState(parts.get(0));
    }
}
