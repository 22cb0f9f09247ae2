package io.github.unrolled.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.github.unrolled.tensor.Tensor;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_post_ops;
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
        dnnl_primitive_attr adding = adding();
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

    private static dnnl_primitive_attr adding() {
        dnnl_primitive_attr attributes = new dnnl_primitive_attr();
        dnnl_post_ops after = new dnnl_post_ops();
        Dnnl.check(dnnl_primitive_attr_create(attributes), "attributes");
        Dnnl.check(dnnl_post_ops_create(after), "a list of functions");
        Dnnl.check(dnnl_post_ops_append_sum(after, 1f, 0, dnnl_data_type_undef), "a sum");
        Dnnl.check(dnnl_primitive_attr_set_post_ops(attributes, after), "a list of functions");
        dnnl_post_ops_destroy(after);
        return attributes;
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
