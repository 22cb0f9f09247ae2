package io.github.unrolled.train;

import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.tensor.Tensor;

/** Moves parameters along their gradients; keeps a state per parameter, known by the parameter's name. */
public interface Optimizer extends Resumable, AutoCloseable {
    /** Tells which step follows, counted from 1. */
    void beginStep(long step);

    /**
     * Moves one parameter. Different parameters may be moved by different threads at the same time.
     *
     * @param engine the calling thread's
     * @param gradientScale factor on the gradient, such as that of clipping
     */
    void update(Engine engine, Parameter parameter, Tensor gradient, double rate, double gradientScale);

    /** Frees the state. */
    @Override
    void close();
}
