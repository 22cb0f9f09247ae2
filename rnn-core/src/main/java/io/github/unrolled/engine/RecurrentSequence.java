package io.github.unrolled.engine;

import io.github.unrolled.tensor.Tensor;
import java.util.List;

/**
 * One side of a fused sequence kernel: what goes in, what comes out, or the gradients of either.
 *
 * @param sequence {@code [time, batch, inputSize]} going in, {@code [time, batch, hiddenSize]} coming out
 * @param states the states before the first step, or after the last: one tensor {@code [batch, hiddenSize]} each
 */
public record RecurrentSequence(Tensor sequence, List<Tensor> states) {
    /** Copies the list. */
    public RecurrentSequence {
        states = List.copyOf(states);
    }
}
