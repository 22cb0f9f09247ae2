package io.github.unrolled.engine.reference;

import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.CheckedEngine;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.tensor.BufferMemory;
import io.github.unrolled.tensor.ElementType;
import io.github.unrolled.tensor.HeapMemory;
import io.github.unrolled.tensor.IndexedMemory;
import io.github.unrolled.tensor.Memory;
import java.nio.ByteBuffer;

/** Computation in plain Java on the heap. */
public final class ReferenceBackend implements Backend {
    private final ElementType type;

    /** @param type of all tensors; sums are formed in double in either case */
    public ReferenceBackend(ElementType type) {
        this.type = type;
    }

    @Override
    public String name() {
        return "reference";
    }

    @Override
    public ElementType type() {
        return type;
    }

    @Override
    public Memory allocate(long elements) {
        return HeapMemory.allocate(type, elements);
    }

    /** Kernels run on the calling thread alone, whatever {@code threads} says. */
    @Override
    public Engine newEngine(int threads) {
        return new CheckedEngine(new ReferenceEngine(this, threads));
    }

    @Override
    public boolean computesOn(Memory memory) {
        return memory instanceof IndexedMemory;
    }

    @Override
    public Memory over(ByteBuffer elements) {
        return new BufferMemory(type, elements);
    }

    @Override
    public long nativeBytes() {
        return 0;
    }
}
