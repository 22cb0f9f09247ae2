package io.github.unrolled.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;

/**
 * Channels to pixels and back: a permutation of six axes, (row, column within the block) from beside the channels to
 * beside the rows and columns of the image, which is a reorder between two layouts of the same extents.
 */
final class PixelShuffle {
    /** {@code rows} are those of the whole batch: images below each other. */
    private record Key(int factor, boolean toPixels, boolean accumulate, int rows, int columns, int channels) {}

    private final Context context;

    PixelShuffle(Context context) {
        this.context = context;
    }

    /** @param toPixels whether x has the channels and y the pixels */
    void run(int factor, boolean toPixels, Tensor x, Tensor y, boolean accumulate) {
        Shape pixels = toPixels ? y.shape() : x.shape();
        Key key = new Key(
                factor,
                toPixels,
                accumulate,
                pixels.dim(0) * pixels.dim(1) / factor,
                pixels.dim(2) / factor,
                pixels.dim(3));
        Operation operation = context.cache.get(key, Operation.class, () -> make(key));
        operation.slot(DNNL_ARG_FROM).bind(x);
        operation.slot(DNNL_ARG_TO).bind(y);
        operation.run(context.stream);
    }

    private Operation make(Key key) {
        long f = key.factor;
        long channels = key.channels;
        long columns = key.columns;
        // Axes in the order of the pixels: row, row within the block, column, column within the block, channel.
        long[] extents = {key.rows, f, columns, f, channels};
        long[] ofPixels = {f * columns * f * channels, columns * f * channels, f * channels, channels, 1};
        long[] ofChannels = {columns * channels * f * f, f, channels * f * f, 1, f * f};
        dnnl_memory_desc from = strided(extents, key.toPixels ? ofChannels : ofPixels);
        dnnl_memory_desc to = strided(extents, key.toPixels ? ofPixels : ofChannels);
        dnnl_primitive_attr attributes = key.accumulate ? Attributes.adding() : Attributes.none();
        dnnl_primitive_desc descriptor = new dnnl_primitive_desc();
        int status =
                dnnl_reorder_primitive_desc_create(descriptor, from, context.engine, to, context.engine, attributes);
        dnnl_primitive_attr_destroy(attributes);
        Dnnl.check(status, "a shuffle of pixels");
        Operation made = new Operation(context.engine, descriptor);
        made.argument(DNNL_ARG_FROM, Slot.owning(context.engine, from));
        made.argument(DNNL_ARG_TO, Slot.owning(context.engine, to));
        return made;
    }

    private static dnnl_memory_desc strided(long[] extents, long[] strides) {
        dnnl_memory_desc descriptor = new dnnl_memory_desc();
        Dnnl.check(
                dnnl_memory_desc_create_with_strides(descriptor, extents.length, extents, dnnl_f32, strides),
                "a memory descriptor");
        return descriptor;
    }
}
