package io.github.unrolled.nn.cell;

import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.nn.State;
import java.util.List;

/**
 * The state of an LSTM, or of one on images: {@code [batch, height, width, hiddenSize]} then.
 *
 * @param h the output of the step before, {@code [batch, hiddenSize]}
 * @param c the memory, {@code [batch, hiddenSize]}
 */
public record LstmState(Variable h, Variable c) implements State<LstmState> {
    @Override
    public List<Variable> parts() {
        return List.of(h, c);
    }

    @Override
    public LstmState withParts(List<Variable> parts) {
        return new LstmState(parts.get(0), parts.get(1));
    }
}
