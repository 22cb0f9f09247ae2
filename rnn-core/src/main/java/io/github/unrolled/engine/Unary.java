package io.github.unrolled.engine;

/** Element-wise functions of one tensor. Each has a derivative that is a function of its result, which is all a tape keeps. */
public enum Unary {
    /** y = tanh(x); dy/dx = 1 - y². */
    TANH,
    /** y = 1 / (1 + exp(-x)); dy/dx = y (1 - y). */
    SIGMOID,
    /** y = max(x, 0); dy/dx = 1 where y &gt; 0. An engine may turn NaN into 0 here, and in {@link RecurrentKind#RNN_RELU}. */
    RELU,
    /** y = exp(x); dy/dx = y. An engine may turn NaN into infinity here. */
    EXP,
    /** y = √x for x ≥ 0; dy/dx = 1 / (2 y). */
    SQRT
}
