package io.github.unrolled.engine;

import io.github.unrolled.tensor.Shape;

/**
 * What a fused sequence kernel is made for: one layer, left to right.
 *
 * @param kind the cell
 * @param time steps in the sequence
 * @param batch sequences side by side
 * @param inputSize features of the input
 * @param hiddenSize features of the output and of each state
 * @param training whether a backward pass follows, for which the forward one keeps a workspace
 */
public record RecurrentSpec(RecurrentKind kind, int time, int batch, int inputSize, int hiddenSize, boolean training) {

    /** {@code [time, batch, inputSize]}. */
    public Shape inputShape() {
        return Shape.of(time, batch, inputSize);
    }

    /** {@code [time, batch, hiddenSize]}. */
    public Shape outputShape() {
        return Shape.of(time, batch, hiddenSize);
    }

    /** {@code [batch, hiddenSize]}. */
    public Shape stateShape() {
        return Shape.of(batch, hiddenSize);
    }

    /** {@code [inputSize, gates · hiddenSize]}. */
    public Shape weightInputShape() {
        return Shape.of(inputSize, kind.gates() * hiddenSize);
    }

    /** {@code [hiddenSize, gates · hiddenSize]}. */
    public Shape weightHiddenShape() {
        return Shape.of(hiddenSize, kind.gates() * hiddenSize);
    }

    /** {@code [biases · hiddenSize]}. */
    public Shape biasShape() {
        return Shape.of(kind.biases() * hiddenSize);
    }
}
