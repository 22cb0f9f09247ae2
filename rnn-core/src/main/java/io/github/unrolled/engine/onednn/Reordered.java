package io.github.unrolled.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.github.unrolled.tensor.Tensor;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.jspecify.annotations.Nullable;

/** An argument that a primitive reads in a layout of its own: copied there first, unless it lies so already. */
final class Reordered implements AutoCloseable {
    /** Addresses in scratch memory stay aligned to the lines of a cache. */
    private static final int LINE = 64 / Float.BYTES;

    private final Context context;
    private final Slot argument;
    private final @Nullable Operation reorder;

    /**
     * @param plain how the tensors lie
     * @param argument the slot of the primitive, in the layout that it wants
     */
    Reordered(Context context, dnnl_memory_desc plain, Slot argument) {
        this.context = context;
        this.argument = argument;
        if (dnnl_memory_desc_equal(plain, argument.descriptor()) != 0) {
            this.reorder = null;
            return;
        }
        dnnl_primitive_desc descriptor = new dnnl_primitive_desc();
        Dnnl.check(
                dnnl_reorder_primitive_desc_create(
                        descriptor, plain, context.engine, argument.descriptor(), context.engine, null),
                "a reorder of images");
        this.reorder = new Operation(context.engine, descriptor);
        this.reorder.argument(DNNL_ARG_FROM, Slot.borrowing(context.engine, plain));
        this.reorder.argument(DNNL_ARG_TO, Slot.borrowing(context.engine, argument.descriptor()));
    }

    /** How many elements of scratch memory {@link #bind} needs. */
    int scratchElements() {
        return reorder == null ? 0 : Math.toIntExact((argument.elements() + LINE - 1) / LINE * LINE);
    }

    /** Gives the primitive the tensor for its next run; {@code scratch} is overwritten and must live until then. */
    void bind(Tensor tensor, Tensor scratch) {
        if (reorder == null) {
            argument.bind(tensor);
            return;
        }
        reorder.slot(DNNL_ARG_FROM).bind(tensor);
        reorder.slot(DNNL_ARG_TO).bind(scratch);
        reorder.run(context.stream);
        argument.bind(scratch);
    }

    @Override
    public void close() {
        if (reorder != null) {
            reorder.close();
        }
    }
}
