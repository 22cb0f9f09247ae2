package io.github.unrolled.benchmarks;

/**
 * One measurement of a scaling plot.
 *
 * @param axis the size that was changed: window, batch or hidden
 * @param value of that size
 * @param threads that computed
 * @param tokensPerSecond of whole training steps
 * @param gigaflops of their matrix products, a second
 */
record ScalingPoint(String axis, int value, int threads, double tokensPerSecond, double gigaflops) {}
