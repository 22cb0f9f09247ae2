package io.github.unrolled.tensor;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A block of elements of one type, readable and writable by the host in bulk. Where it lies (heap, native, a device) is
 * the business of the backend that made it; whoever allocated it closes it.
 */
public interface Memory extends AutoCloseable {
    /** The type of the elements. */
    ElementType type();

    /** How many elements the block holds. */
    long elements();

    /** Copies {@code count} elements from {@code offset} to {@code target}, converting where the type differs. */
    void read(long offset, float[] target, int targetOffset, int count);

    /** As {@link #read(long, float[], int, int)}, in double. */
    void read(long offset, double[] target, int targetOffset, int count);

    /** Copies {@code count} elements from {@code source} to {@code offset}, converting where the type differs. */
    void write(long offset, float[] source, int sourceOffset, int count);

    /** As {@link #write(long, float[], int, int)}, in double. */
    void write(long offset, double[] source, int sourceOffset, int count);

    /** Sets {@code count} elements from {@code offset} to {@code value}. */
    void fill(long offset, long count, double value);

    /**
     * The block itself, not a copy, in the machine's byte order; empty where it does not lie in native memory that the host
     * can address. Good until {@link #close()}.
     */
    default Optional<ByteBuffer> buffer() {
        return Optional.empty();
    }

    /** Gives the block back; further use of it is an error. Closing twice does nothing. */
    @Override
    void close();
}
