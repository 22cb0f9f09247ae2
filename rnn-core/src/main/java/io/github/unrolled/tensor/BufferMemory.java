package io.github.unrolled.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.Optional;

/**
 * Elements in a direct buffer that somebody else owns: what is written here is seen there. Closing frees nothing; the
 * buffer is kept alive as long as this is.
 */
public final class BufferMemory implements IndexedMemory {
    private final ElementType type;
    private final ByteBuffer bytes;
    private final FloatBuffer floats;
    private final DoubleBuffer doubles;

    /**
     * @param bytes the elements in the machine's byte order, from the buffer's first byte to its last
     * @throws IllegalArgumentException if the buffer is not direct, or holds a part of an element
     */
    public BufferMemory(ElementType type, ByteBuffer bytes) {
        check(type, bytes);
        this.type = type;
        this.bytes = bytes.duplicate().clear().order(ByteOrder.nativeOrder());
        this.floats = this.bytes.asFloatBuffer();
        this.doubles = this.bytes.asDoubleBuffer();
    }

    /** Throws unless whole elements of that type lie in a direct buffer. */
    public static void check(ElementType type, ByteBuffer bytes) {
        if (!bytes.isDirect() || bytes.capacity() % type.bytes() != 0) {
            throw new IllegalArgumentException("a " + (bytes.isDirect() ? "direct" : "heap") + " buffer of "
                    + bytes.capacity() + " bytes was given for elements of " + type.bytes()
                    + " bytes; expected a direct one that holds whole elements");
        }
    }

    @Override
    public ElementType type() {
        return type;
    }

    @Override
    public long elements() {
        return bytes.capacity() / type.bytes();
    }

    @Override
    public Optional<ByteBuffer> buffer() {
        return Optional.of(bytes.duplicate().order(ByteOrder.nativeOrder()));
    }

    @Override
    public double get(long index) {
        return type == ElementType.FLOAT32 ? floats.get((int) index) : doubles.get((int) index);
    }

    @Override
    public void set(long index, double value) {
        if (type == ElementType.FLOAT32) {
            floats.put((int) index, (float) value);
        } else {
            doubles.put((int) index, value);
        }
    }

    @Override
    public void read(long offset, float[] target, int targetOffset, int count) {
        if (type == ElementType.FLOAT32) {
            floats.get((int) offset, target, targetOffset, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            target[targetOffset + i] = (float) doubles.get((int) offset + i);
        }
    }

    @Override
    public void read(long offset, double[] target, int targetOffset, int count) {
        if (type == ElementType.FLOAT64) {
            doubles.get((int) offset, target, targetOffset, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            target[targetOffset + i] = floats.get((int) offset + i);
        }
    }

    @Override
    public void write(long offset, float[] source, int sourceOffset, int count) {
        if (type == ElementType.FLOAT32) {
            floats.put((int) offset, source, sourceOffset, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            doubles.put((int) offset + i, source[sourceOffset + i]);
        }
    }

    @Override
    public void write(long offset, double[] source, int sourceOffset, int count) {
        if (type == ElementType.FLOAT64) {
            doubles.put((int) offset, source, sourceOffset, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            floats.put((int) offset + i, (float) source[sourceOffset + i]);
        }
    }

    @Override
    public void fill(long offset, long count, double value) {
        for (long i = 0; i < count; i++) {
            set(offset + i, value);
        }
    }

    /** The owner frees the buffer; nothing to do. */
    @Override
    public void close() {}
}
