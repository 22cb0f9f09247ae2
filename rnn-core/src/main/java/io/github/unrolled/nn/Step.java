package io.github.unrolled.nn;

import io.github.unrolled.autodiff.Variable;

/**
 * What a cell returns for one step.
 *
 * @param output {@code [batch, outputSize]}
 * @param state for the next step
 * @param <S> the cell's state
 */
public record Step<S>(Variable output, S state) {}
