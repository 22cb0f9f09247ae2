package io.github.unrolled.nn.cell;

import io.github.unrolled.autodiff.Ops;
import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.nn.Initializer;
import io.github.unrolled.nn.Parameters;
import io.github.unrolled.nn.Step;
import io.github.unrolled.nn.StepFunction;
import java.util.List;

/**
 * The convolutional gated recurrent unit (Ballas et al. 2016, equations 9 to 12): a {@link Gru} whose products are
 * convolutions, on sequences of images {@code [time, batch, height, width, inputSize]} with states {@code [batch, height,
 * width, hiddenSize]}. u = σ(x * Wᵤ + h * Uᵤ + bᵤ), r = σ(x * Wᵣ + h * Uᵣ + bᵣ), o = tanh(x * Wₒ + (r h) * Uₒ + bₒ),
 * h' = u h + (1 - u) o; the output is h'. u keeps what the paper's update gate replaces, as in {@link Gru}. Around image and
 * state are zeros.
 *
 * <p>Input weights {@code [size, size, in, 3 · hiddenSize]} in the order u, r, o; {@code weightGates} holds Uᵤ and Uᵣ,
 * {@code weightCandidate} Uₒ. Initial values: W by Glorot and Bengio 2010, U orthogonal, b = 0.
 */
public final class ConvGru extends ConvolutionalCell<HiddenState> {
    private static final int GATES = 3;

    private final Parameter weightGates;
    private final Parameter weightCandidate;

    /**
     * Sizes.
     *
     * @param inputSize channels of x
     * @param hiddenSize channels of h
     * @param kernelSize rows and columns that a convolution sees, odd
     */
    public record Options(int inputSize, int hiddenSize, int kernelSize) {}

    /**
     * Makes the cell and its parameters {@code weightInput}, {@code weightGates}, {@code weightCandidate}, {@code bias}.
     */
    public ConvGru(Parameters parameters, Options options) {
        super(parameters, options.inputSize, options.hiddenSize, options.kernelSize, GATES, Initializer.zeros());
        weightGates = recurrent(parameters, "weightGates", GATES - 1);
        weightCandidate = recurrent(parameters, "weightCandidate", 1);
    }

    @Override
    StepFunction<HiddenState> afterInput(Tape tape) {
        int n = outputSize();
        Variable ofGates = tape.use(weightGates);
        Variable ofCandidate = tape.use(weightCandidate);
        return (fromInput, state) -> {
            Variable h = state.h();
            Variable gates = Ops.sigmoid(Ops.add(Ops.columns(fromInput, 0, 2 * n), convolve(h, ofGates)));
            Variable u = Ops.columns(gates, 0, n);
            Variable kept = Ops.multiply(Ops.columns(gates, n, n), h);
            Variable o = Ops.tanh(Ops.add(Ops.columns(fromInput, 2 * n, n), convolve(kept, ofCandidate)));
            Variable next = Ops.add(Ops.multiply(u, h), Ops.multiply(Ops.oneMinus(u), o));
            return new Step<>(next, new HiddenState(next));
        };
    }

    @Override
    HiddenState state(Variable zeros) {
        return new HiddenState(zeros);
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(weightInput(), weightGates, weightCandidate, bias());
    }
}
