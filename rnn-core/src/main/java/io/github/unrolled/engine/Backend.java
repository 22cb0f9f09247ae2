package io.github.unrolled.engine;

import io.github.unrolled.tensor.Allocator;

/**
 * A way to compute: the memory tensors lie in and the engines that work on it. One backend serves any number of
 * threads; each thread makes an {@link Engine} of its own.
 */
public interface Backend extends Allocator {
    /** A short name for logs and run records, such as {@code "reference"} or {@code "onednn"}. */
    String name();

    /**
     * An engine for the calling thread, which is also the thread to close it.
     *
     * @param threads how many threads one kernel may use, at least 1
     */
    Engine newEngine(int threads);

    /** Bytes outside the Java heap that this backend's memory holds now; 0 for one that computes on the heap. */
    long nativeBytes();
}
