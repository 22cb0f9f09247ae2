package io.github.unrolled.tensor;

/** Memory whose elements the host reads and writes one by one where they lie: what plain Java computes on. */
public sealed interface IndexedMemory extends Memory permits HeapMemory, BufferMemory {
    /** The element at an index, in double. */
    double get(long index);

    /** Sets the element at an index, rounding to the element type. */
    void set(long index, double value);
}
