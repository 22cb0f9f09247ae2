package io.github.unrolled.nn;

import io.github.unrolled.tensor.Tensor;
import java.util.List;

/**
 * A cell with its parameters and a state, for use where nothing is trained: one step at a time, without a tape where the
 * cell has a fused kernel. Belongs to the thread of its engine. Close it before its engine and its parameters.
 */
public interface Stepper extends AutoCloseable {
    /**
     * One step; the state moves on.
     *
     * @param x {@code [batch, inputSize]}
     * @return {@code [batch, outputSize]}, good until the next step
     */
    Tensor step(Tensor x);

    /**
     * The parts of the state as it is now, {@code [batch, features]} each, in the order of {@link State#parts()}. They may
     * be written, to go on from another state; after the next step, ask again.
     */
    List<Tensor> state();

    /** Back to a state of zeros. */
    default void reset() {
        state().forEach(part -> part.fill(0));
    }

    @Override
    void close();
}
