package io.github.unrolled.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_desc_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_desc_query_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_execute;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_exec_arg_md;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.dnnl_stream;
import org.jspecify.annotations.Nullable;

/** A primitive and the slots of its arguments. Slots given to {@link #argument} are closed with the operation. */
final class Operation implements AutoCloseable {
    private final dnnl_engine engine;
    private final dnnl_primitive_desc descriptor;
    private final dnnl_primitive primitive = new dnnl_primitive();
    private final Map<Integer, Slot> slots = new LinkedHashMap<>();
    private @Nullable dnnl_exec_arg_t packed;

    /** Takes over {@code descriptor}, which is destroyed with the operation. */
    Operation(dnnl_engine engine, dnnl_primitive_desc descriptor) {
        this.engine = engine;
        this.descriptor = descriptor;
        Dnnl.check(dnnl_primitive_create(primitive, descriptor), "a primitive");
    }

    dnnl_primitive_desc descriptor() {
        return descriptor;
    }

    /** Adds an argument; returns its slot. */
    Slot argument(int id, Slot slot) {
        slots.put(id, slot);
        return slot;
    }

    /** Adds an argument in the layout that the primitive chose for it. */
    Slot queried(int id) {
        return argument(id, Slot.borrowing(engine, layout(id)));
    }

    /** The layout that the primitive wants for an argument; belongs to the primitive. */
    dnnl_memory_desc layout(int id) {
        return dnnl_primitive_desc_query_md(descriptor, dnnl_query_exec_arg_md, id);
    }

    /** The slot of an argument that was added before. */
    Slot slot(int id) {
        return Objects.requireNonNull(slots.get(id), "no such argument");
    }

    void run(dnnl_stream stream) {
        if (packed == null) {
            packed = pack();
        }
        Dnnl.check(dnnl_primitive_execute(primitive, stream, slots.size(), packed), "an execution");
    }

    private dnnl_exec_arg_t pack() {
        dnnl_exec_arg_t arguments = new dnnl_exec_arg_t(slots.size());
        int index = 0;
        for (Map.Entry<Integer, Slot> slot : slots.entrySet()) {
            arguments
                    .position(index++)
                    .arg(slot.getKey())
                    .memory(slot.getValue().memory());
        }
        return arguments.position(0);
    }

    @Override
    public void close() {
        if (packed != null) {
            packed.close();
        }
        slots.values().forEach(Slot::close);
        dnnl_primitive_destroy(primitive);
        dnnl_primitive_desc_destroy(descriptor);
    }
}
