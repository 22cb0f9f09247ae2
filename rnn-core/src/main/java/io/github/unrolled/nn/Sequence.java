package io.github.unrolled.nn;

import io.github.unrolled.autodiff.Variable;

/**
 * What a cell returns for a whole sequence.
 *
 * @param outputs {@code [time, batch, outputSize]}; zero where the mask hides a step
 * @param state after the last step that the mask shows
 * @param <S> the cell's state
 */
public record Sequence<S>(Variable outputs, S state) {}
