package io.github.unrolled.engine.onednn;

import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.CheckedEngine;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.tensor.ElementType;
import io.github.unrolled.tensor.Memory;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/** Single-precision computation on the CPU by oneDNN's primitives. */
final class OnednnBackend implements Backend {
    private final AtomicLong bytes = new AtomicLong();

    @Override
    public String name() {
        return "onednn";
    }

    @Override
    public ElementType type() {
        return ElementType.FLOAT32;
    }

    @Override
    public Memory allocate(long elements) {
        return new NativeMemory(elements, bytes);
    }

    @Override
    public Engine newEngine(int threads) {
        return new CheckedEngine(new OnednnEngine(this, threads));
    }

    @Override
    public boolean computesOn(Memory memory) {
        return memory instanceof NativeMemory;
    }

    @Override
    public Memory over(ByteBuffer elements) {
        return new NativeMemory(elements);
    }

    @Override
    public long nativeBytes() {
        return bytes.get();
    }

    NativeMemory scratch(long elements) {
        return new NativeMemory(elements, bytes);
    }
}
