package io.github.unrolled.tensor;

/** Makes memory of one element type. */
public interface Allocator {
    /** The element type of everything allocated here. */
    ElementType type();

    /** A new block, filled with zeros, owned by the caller. */
    Memory allocate(long elements);
}
