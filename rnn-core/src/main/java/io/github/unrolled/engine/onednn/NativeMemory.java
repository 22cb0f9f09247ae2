package io.github.unrolled.engine.onednn;

import io.github.unrolled.tensor.BufferMemory;
import io.github.unrolled.tensor.ElementType;
import io.github.unrolled.tensor.Memory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * A native block of floats: its own, aligned to 64 bytes and freed by {@link #close()} and by nothing else, or one in a
 * buffer that somebody else owns.
 */
final class NativeMemory implements Memory {
    private static final int ALIGNMENT = 64;
    private static final FloatBuffer CLOSED = FloatBuffer.allocate(0);

    private final long elements;
    private final long allocatedBytes;
    private final long address;
    private final AtomicLong accounting;
    private Pointer block;
    private FloatBuffer floats;

    /** @param accounting counts the bytes held by all blocks of a backend */
    NativeMemory(long elements, AtomicLong accounting) {
        this.elements = elements;
        this.accounting = accounting;
        long bytes = Math.multiplyExact(elements, Float.BYTES);
        if (bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "a tensor block of " + bytes
                            + " bytes was asked for, at most 2 GiB are possible; make the network, the batch or the window smaller");
        }
        this.allocatedBytes = bytes + ALIGNMENT;
        this.block = Pointer.malloc(allocatedBytes);
        if (block == null || block.isNull()) {
            throw new OutOfMemoryError("the system refused " + allocatedBytes
                    + " bytes of native memory; make the batch, the window or the network smaller");
        }
        accounting.addAndGet(allocatedBytes);
        Pointer.memset(block, 0, allocatedBytes);
        this.address = (block.address() + ALIGNMENT - 1) & -ALIGNMENT;
        ByteBuffer view = bytes(address, elements);
        this.floats = view == null ? CLOSED : view.asFloatBuffer();
    }

    private static @Nullable ByteBuffer bytes(long address, long elements) {
        ByteBuffer view = new BytePointer(new Raw(address))
                .capacity(elements * Float.BYTES)
                .asByteBuffer();
        return view == null ? null : view.order(ByteOrder.nativeOrder());
    }

    /** A block in a direct buffer that somebody else owns; the buffer is kept alive as long as this is. */
    NativeMemory(ByteBuffer elements) {
        BufferMemory.check(ElementType.FLOAT32, elements);
        ByteBuffer whole = elements.duplicate().clear().order(ByteOrder.nativeOrder());
        this.elements = whole.capacity() / Float.BYTES;
        this.accounting = new AtomicLong();
        this.allocatedBytes = 0;
        this.block = new Pointer();
        this.address = new Pointer(whole).address();
        this.floats = whole.asFloatBuffer();
    }

    /** The native address of an element. */
    long address(long offset) {
        return address + offset * Float.BYTES;
    }

    /** The block as a buffer; empty after {@link #close()}, so that late uses throw rather than crash. */
    FloatBuffer floats() {
        return floats;
    }

    @Override
    public ElementType type() {
        return ElementType.FLOAT32;
    }

    @Override
    public long elements() {
        return elements;
    }

    @Override
    public Optional<ByteBuffer> buffer() {
        return floats.capacity() == 0 ? Optional.empty() : Optional.ofNullable(bytes(address, elements));
    }

    @Override
    public void read(long offset, float[] target, int targetOffset, int count) {
        floats.get((int) offset, target, targetOffset, count);
    }

    @Override
    public void read(long offset, double[] target, int targetOffset, int count) {
        for (int i = 0; i < count; i++) {
            target[targetOffset + i] = floats.get((int) offset + i);
        }
    }

    @Override
    public void write(long offset, float[] source, int sourceOffset, int count) {
        floats.put((int) offset, source, sourceOffset, count);
    }

    @Override
    public void write(long offset, double[] source, int sourceOffset, int count) {
        for (int i = 0; i < count; i++) {
            floats.put((int) offset + i, (float) source[sourceOffset + i]);
        }
    }

    @Override
    public void fill(long offset, long count, double value) {
        if (count == 0) {
            return;
        }
        java.util.Objects.checkFromIndexSize(offset, count, (long) floats.capacity());
        if (Double.doubleToRawLongBits(value) == 0) {
            Pointer.memset(new Raw(address(offset)), 0, count * Float.BYTES);
            return;
        }
        float single = (float) value;
        for (int i = 0; i < count; i++) {
            floats.put((int) offset + i, single);
        }
    }

    @Override
    public void close() {
        floats = CLOSED;
        if (block != null && !block.isNull()) {
            Pointer.free(block);
            block.setNull();
            accounting.addAndGet(-allocatedBytes);
        }
    }

    /** A pointer to an address that somebody else owns. */
    static final class Raw extends Pointer {
        Raw(long address) {
            this.address = address;
        }
    }
}
