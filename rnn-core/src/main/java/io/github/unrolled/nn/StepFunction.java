package io.github.unrolled.nn;

import io.github.unrolled.autodiff.Variable;

/**
 * A cell bound to a tape: (input, state) to (output, state), the same weights at every step.
 *
 * @param <S> the cell's state
 */
@FunctionalInterface
public interface StepFunction<S> {
    /**
     * One step.
     *
     * @param x {@code [batch, inputSize]}
     * @param state from the step before
     */
    Step<S> step(Variable x, S state);
}
