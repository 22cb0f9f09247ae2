package io.github.unrolled.engine;

import io.github.unrolled.tensor.Allocator;
import io.github.unrolled.tensor.Memory;
import java.nio.ByteBuffer;

/**
 * A way to compute: the memory tensors lie in and the engines that work on it. One backend serves any number of
 * threads; each thread makes an {@link Engine} of its own.
 */
public interface Backend extends Allocator {
    /** A short name for logs and run records, such as {@code "reference"} or {@code "onednn"}. */
    String name();

    /**
     * An engine for the calling thread. Another thread may close it once this one uses it no more.
     *
     * @param threads how many threads one kernel may use, at least 1
     */
    Engine newEngine(int threads);

    /** Whether this backend's engines compute on a block where it lies. */
    boolean computesOn(Memory memory);

    /**
     * Memory that this backend's engines compute on, over a direct buffer that somebody else owns, without a copy. Closing
     * it frees nothing.
     *
     * @param elements in the machine's byte order, from the buffer's first byte to its last
     * @throws IllegalArgumentException if the buffer is not direct, or holds a part of an element
     */
    Memory over(ByteBuffer elements);

    /** Bytes outside the Java heap that this backend's memory holds now; 0 for one that computes on the heap. */
    long nativeBytes();
}
