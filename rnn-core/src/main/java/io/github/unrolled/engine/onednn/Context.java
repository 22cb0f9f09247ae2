package io.github.unrolled.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_cpu;
import static org.bytedeco.dnnl.global.dnnl.dnnl_engine_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_engine_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_stream_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_stream_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_stream_in_order;

import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;
import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_stream;

/** What all kernels of one thread share: oneDNN's engine and stream, the cached operations, and scratch memory. */
final class Context implements AutoCloseable {
    /** Enough for several networks in several shapes; a training step of the zoo's largest uses a few dozen. */
    private static final int CACHED_OPERATIONS = 512;

    final dnnl_engine engine = new dnnl_engine();
    final dnnl_stream stream = new dnnl_stream();
    final OperationCache cache = new OperationCache(CACHED_OPERATIONS);
    final OnednnBackend backend;
    private final Thread owner = Thread.currentThread();
    private final Scratch scratch;
    private final Scratch between;
    private final Tensor none;

    Context(OnednnBackend backend) {
        this.backend = backend;
        this.scratch = new Scratch(backend);
        this.between = new Scratch(backend);
        this.none = Tensor.allocate(backend, Shape.of(0));
        Dnnl.check(dnnl_engine_create(engine, dnnl_cpu, 0), "an engine");
        Dnnl.check(dnnl_stream_create(stream, engine, dnnl_stream_in_order), "a stream");
    }

    /**
     * Memory for one kernel's intermediate result, overwritten by the next kernel that asks for some.
     */
    Tensor scratch(Shape shape) {
        return scratch.take(shape);
    }

    /** As {@link #scratch}, for the result between two kernels that a third one is made of. */
    Tensor between(Shape shape) {
        return between.take(shape);
    }

    /** A tensor without elements, for a bias that is not there. */
    Tensor none() {
        return none;
    }

    /** OpenMP's thread count belongs to a thread, so an engine does too. */
    void checkThread() {
        if (Thread.currentThread() != owner) {
            throw new IllegalStateException("an engine made by thread '" + owner.getName() + "' was used by thread '"
                    + Thread.currentThread().getName() + "'; make one engine per thread with Backend.newEngine");
        }
    }

    @Override
    public void close() {
        cache.close();
        scratch.close();
        between.close();
        none.close();
        dnnl_stream_destroy(stream);
        dnnl_engine_destroy(engine);
    }
}
