package io.github.unrolled.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.github.unrolled.tensor.Tensor;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;

/** The gradient of a weight in the layout that a primitive makes, and the reorder that adds it to the plain one. */
final class UnpackedGradient implements AutoCloseable {
    private final Context context;
    private final Operation reorder;
    private final NativeMemory memory;

    UnpackedGradient(Context context, dnnl_memory_desc packed, dnnl_memory_desc plain) {
        this.context = context;
        dnnl_primitive_desc descriptor = new dnnl_primitive_desc();
        dnnl_primitive_attr adding = Attributes.adding();
        int status =
                dnnl_reorder_primitive_desc_create(descriptor, packed, context.engine, plain, context.engine, adding);
        dnnl_primitive_attr_destroy(adding);
        Dnnl.check(status, "a reorder of a weight's gradient");
        reorder = new Operation(context.engine, descriptor);
        Slot from = reorder.argument(DNNL_ARG_FROM, Slot.borrowing(context.engine, packed));
        reorder.argument(DNNL_ARG_TO, Slot.borrowing(context.engine, plain));
        memory = context.backend.scratch(from.elements());
        from.bind(memory, 0);
    }

    /** Where the primitive writes. */
    NativeMemory memory() {
        return memory;
    }

    void addTo(Tensor gradient) {
        reorder.slot(DNNL_ARG_TO).bind(gradient);
        reorder.run(context.stream);
    }

    @Override
    public void close() {
        reorder.close();
        memory.close();
    }
}
