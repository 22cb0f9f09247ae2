package io.github.unrolled.engine.onednn;

import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Memory for an intermediate result, overwritten by the next one; as large as the largest so far. */
final class Scratch implements AutoCloseable {
    private static final int LEAST = 1024;

    private final OnednnBackend backend;
    private @Nullable Tensor memory;

    Scratch(OnednnBackend backend) {
        this.backend = backend;
    }

    /** A tensor of that shape, of any values. */
    Tensor take(Shape shape) {
        Tensor present = memory;
        if (present == null || present.elements() < shape.elements()) {
            close();
            present = Tensor.allocate(backend, Shape.of(Math.toIntExact(Math.max(shape.elements(), LEAST))));
            memory = present;
        }
        return present.slice(0, Math.toIntExact(shape.elements())).reshape(shape);
    }

    @Override
    public void close() {
        if (memory != null) {
            memory.close();
            memory = null;
        }
    }
}
