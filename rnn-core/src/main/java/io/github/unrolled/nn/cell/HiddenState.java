package io.github.unrolled.nn.cell;

import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.nn.State;
import java.util.List;

/**
 * The state of cells that remember one vector, or one image.
 *
 * @param h {@code [batch, hiddenSize]}, or {@code [batch, height, width, hiddenSize]}
 */
public record HiddenState(Variable h) implements State<HiddenState> {
    @Override
    public List<Variable> parts() {
        return List.of(h);
    }

    @Override
    public HiddenState withParts(List<Variable> parts) {
        return new HiddenState(parts.get(0));
    }
}
