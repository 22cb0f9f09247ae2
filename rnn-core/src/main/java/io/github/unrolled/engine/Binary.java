package io.github.unrolled.engine;

/** Element-wise functions of two tensors. */
public enum Binary {
    /** a + b. */
    ADD,
    /** a - b. */
    SUBTRACT,
    /** a · b. */
    MULTIPLY
}
