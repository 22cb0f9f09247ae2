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
 * The convolutional LSTM (Shi et al. 2015, equation 3): an {@link Lstm} whose products are convolutions, on sequences of
 * images {@code [time, batch, height, width, inputSize]} with states {@code [batch, height, width, hiddenSize]}. i = σ(·),
 * f = σ(·), g = tanh(·), o = σ(·) of x * W + h * U + b; c' = f c + i g; h' = o tanh(c'); the output is h'. Without the
 * paper's peepholes, whose weights are as large as an image and tie the cell to one size of it. Around image and state
 * are zeros.
 *
 * <p>Weights {@code [size, size, in, 4 · hiddenSize]} in the order i, f, g, o. Initial values: W by Glorot and Bengio 2010,
 * U orthogonal, b = 0 but 1 for the forget gate.
 */
public final class ConvLstm extends ConvolutionalCell<LstmState> {
    private static final int GATES = 4;

    private final Parameter weightHidden;

    /**
     * Sizes.
     *
     * @param inputSize channels of x
     * @param hiddenSize channels of h and c
     * @param kernelSize rows and columns that a convolution sees, odd
     */
    public record Options(int inputSize, int hiddenSize, int kernelSize) {}

    /** Makes the cell and its parameters {@code weightInput}, {@code weightHidden}, {@code bias}. */
    public ConvLstm(Parameters parameters, Options options) {
        super(
                parameters,
                options.inputSize,
                options.hiddenSize,
                options.kernelSize,
                GATES,
                Initializer.block(GATES, 1, 1));
        weightHidden = recurrent(parameters, "weightHidden", GATES);
    }

    @Override
    StepFunction<LstmState> afterInput(Tape tape) {
        int n = outputSize();
        Variable hidden = tape.use(weightHidden);
        return (fromInput, state) -> {
            Variable gates = Ops.add(fromInput, convolve(state.h(), hidden));
            Variable i = Ops.sigmoid(Ops.columns(gates, 0, n));
            Variable f = Ops.sigmoid(Ops.columns(gates, n, n));
            Variable g = Ops.tanh(Ops.columns(gates, 2 * n, n));
            Variable o = Ops.sigmoid(Ops.columns(gates, 3 * n, n));
            Variable c = Ops.add(Ops.multiply(f, state.c()), Ops.multiply(i, g));
            Variable h = Ops.multiply(o, Ops.tanh(c));
            return new Step<>(h, new LstmState(h, c));
        };
    }

    @Override
    LstmState state(Variable zeros) {
        return new LstmState(zeros, zeros);
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(weightInput(), weightHidden, bias());
    }
}
