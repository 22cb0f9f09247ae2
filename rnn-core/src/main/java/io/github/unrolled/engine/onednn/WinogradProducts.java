package io.github.unrolled.engine.onednn;

import static io.github.unrolled.engine.onednn.WinogradTransform.PRODUCTS;
import static org.bytedeco.dnnl.global.dnnl.*;

import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.dnnl_stream;

/** A product of matrices for each of the 36 points, with a stream of its own: threads run theirs side by side. */
final class WinogradProducts implements AutoCloseable {
    private final dnnl_stream stream = new dnnl_stream();
    private final Operation operation;

    private WinogradProducts(
            Context context,
            dnnl_memory_desc left,
            dnnl_memory_desc right,
            dnnl_memory_desc result,
            dnnl_primitive_attr attributes) {
        dnnl_primitive_desc descriptor = new dnnl_primitive_desc();
        int status =
                dnnl_matmul_primitive_desc_create(descriptor, context.engine, left, right, null, result, attributes);
        dnnl_memory_desc_destroy(left);
        dnnl_memory_desc_destroy(right);
        dnnl_memory_desc_destroy(result);
        dnnl_primitive_attr_destroy(attributes);
        Dnnl.check(status, "products of matrices");
        operation = new Operation(context.engine, descriptor);
        operation.queried(DNNL_ARG_SRC);
        operation.queried(DNNL_ARG_WEIGHTS);
        operation.queried(DNNL_ARG_DST);
        Dnnl.check(dnnl_stream_create(stream, context.engine, dnnl_stream_in_order), "a stream");
    }

    /** [tiles, in] times weights [in, out], which lie as {@link #weights} says. */
    static WinogradProducts ofWeights(Context context, int tiles, int in, int out) {
        return new WinogradProducts(
                context,
                Dnnl.tagged(dnnl_abc, PRODUCTS, tiles, in),
                Dnnl.tagged(dnnl_format_tag_any, PRODUCTS, in, out),
                Dnnl.tagged(dnnl_abc, PRODUCTS, tiles, out),
                Attributes.none());
    }

    /** [tiles, in] transposed times [tiles, out], added to what is there. */
    static WinogradProducts ofTiles(Context context, int tiles, int in, int out) {
        return new WinogradProducts(
                context,
                Dnnl.tagged(dnnl_acb, PRODUCTS, in, tiles),
                Dnnl.tagged(dnnl_abc, PRODUCTS, tiles, out),
                Dnnl.tagged(dnnl_abc, PRODUCTS, in, out),
                Attributes.adding());
    }

    /** The layout of the second factors; belongs to this. */
    dnnl_memory_desc weights() {
        return operation.layout(DNNL_ARG_WEIGHTS);
    }

    void run(NativeMemory left, NativeMemory right, NativeMemory result) {
        operation.slot(DNNL_ARG_SRC).bind(left, 0);
        operation.slot(DNNL_ARG_WEIGHTS).bind(right, 0);
        operation.slot(DNNL_ARG_DST).bind(result, 0);
        operation.run(stream);
    }

    @Override
    public void close() {
        operation.close();
        dnnl_stream_destroy(stream);
    }
}
