package io.github.unrolled.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_FROM;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_TO;
import static org.bytedeco.dnnl.global.dnnl.dnnl_reorder_primitive_desc_create;

import io.github.unrolled.tensor.Tensor;
import java.util.function.Supplier;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.jspecify.annotations.Nullable;

/** A weight in the layout that a primitive wants, and the reorder that brings it there. */
final class PackedWeight implements AutoCloseable {
    private final Context context;
    private final Operation reorder;
    private final NativeMemory memory;
    private @Nullable Tensor source;
    private long sourceVersion;

    PackedWeight(Context context, dnnl_memory_desc plain, dnnl_memory_desc packed) {
        this.context = context;
        dnnl_primitive_desc descriptor = new dnnl_primitive_desc();
        Dnnl.check(
                dnnl_reorder_primitive_desc_create(descriptor, plain, context.engine, packed, context.engine, null),
                "a reorder of weights");
        reorder = new Operation(context.engine, descriptor);
        reorder.argument(DNNL_ARG_FROM, Slot.borrowing(context.engine, plain));
        Slot to = reorder.argument(DNNL_ARG_TO, Slot.borrowing(context.engine, packed));
        memory = context.backend.scratch(to.elements());
        to.bind(memory, 0);
    }

    NativeMemory memory() {
        return memory;
    }

    /** Packs; with {@code reuse}, only if these persistent weights are not what was packed last. */
    void pack(Tensor weight, boolean reuse) {
        pack(weight, reuse, () -> weight);
    }

    /** As {@link #pack(Tensor, boolean)}, for what is made of the weights; it is copied at once. */
    void pack(Tensor weight, boolean reuse, Supplier<Tensor> prepared) {
        if (reuse && weight.isPersistent() && weight == source && weight.version() == sourceVersion) {
            return;
        }
        reorder.slot(DNNL_ARG_FROM).bind(prepared.get());
        reorder.run(context.stream);
        source = weight;
        sourceVersion = weight.version();
    }

    @Override
    public void close() {
        reorder.close();
        memory.close();
    }
}
