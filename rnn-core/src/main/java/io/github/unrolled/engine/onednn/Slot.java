package io.github.unrolled.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_get_size;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_set_data_handle;

import io.github.unrolled.tensor.Tensor;
import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc;

/** One argument of a primitive: a layout, and the address that it is bound to for the next execution. */
final class Slot implements AutoCloseable {
    private final dnnl_memory_desc descriptor;
    private final boolean ownsDescriptor;
    private final dnnl_memory memory = new dnnl_memory();
    private long bound;

    private Slot(dnnl_engine engine, dnnl_memory_desc descriptor, boolean ownsDescriptor) {
        this.descriptor = descriptor;
        this.ownsDescriptor = ownsDescriptor;
        Dnnl.check(dnnl_memory_create(memory, descriptor, engine, new NativeMemory.Raw(0)), "a memory object");
    }

    /** A slot that destroys its descriptor when it is closed. */
    static Slot owning(dnnl_engine engine, dnnl_memory_desc descriptor) {
        return new Slot(engine, descriptor, true);
    }

    /** A slot whose descriptor belongs to a primitive. */
    static Slot borrowing(dnnl_engine engine, dnnl_memory_desc descriptor) {
        return new Slot(engine, descriptor, false);
    }

    dnnl_memory_desc descriptor() {
        return descriptor;
    }

    dnnl_memory memory() {
        return memory;
    }

    /** How many floats the layout needs, rounded up. */
    long elements() {
        return (dnnl_memory_desc_get_size(descriptor) + Float.BYTES - 1) / Float.BYTES;
    }

    void bind(Tensor tensor) {
        bind((NativeMemory) tensor.memory(), tensor.offset());
    }

    void bind(NativeMemory block, long offset) {
        long address = block.address(offset);
        if (address != bound) {
            Dnnl.check(dnnl_memory_set_data_handle(memory, new NativeMemory.Raw(address)), "an address");
            bound = address;
        }
    }

    @Override
    public void close() {
        dnnl_memory_destroy(memory);
        if (ownsDescriptor) {
            dnnl_memory_desc_destroy(descriptor);
        }
    }
}
