package io.github.unrolled.engine;

import io.github.unrolled.tensor.Tensor;

/**
 * The weights of a fused sequence kernel, or their gradients.
 *
 * @param input {@code [inputSize, gates · hiddenSize]}
 * @param hidden {@code [hiddenSize, gates · hiddenSize]}
 * @param bias {@code [biases · hiddenSize]}
 */
public record RecurrentWeights(Tensor input, Tensor hidden, Tensor bias) {}
