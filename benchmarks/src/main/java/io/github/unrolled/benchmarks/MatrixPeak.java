package io.github.unrolled.benchmarks;

import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Backends;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;

/** What the machine can do at most: large matrix products on all processors. */
final class MatrixPeak {
    private static final int SIZE = 1024;
    private static final double SECONDS = 2;

    private MatrixPeak() {}

    /** Billions of floating-point operations a second, the best of many products: noise only ever slows down. */
    static double gigaflops() {
        Backend backend = Backends.best();
        try (Engine engine = backend.newEngine(Runtime.getRuntime().availableProcessors());
                Tensor a = Tensor.allocate(backend, Shape.of(SIZE, SIZE)).fill(0.5);
                Tensor b = Tensor.allocate(backend, Shape.of(SIZE, SIZE)).fill(0.25);
                Tensor c = Tensor.allocate(backend, Shape.of(SIZE, SIZE))) {
            double[] times = Statistics.timed(() -> engine.matmul(a, false, b, false, c, false), SECONDS, 3);
            return 2.0 * SIZE * SIZE * SIZE / (Statistics.quantile(0, times) * 1e6);
        }
    }
}
