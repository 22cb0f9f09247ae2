package io.github.unrolled.engine.reference;

import io.github.unrolled.tensor.IndexedMemory;
import io.github.unrolled.tensor.Tensor;

/**
 * A tensor's elements by index, in double.
 *
 * @param memory the block
 * @param offset where the tensor begins in it
 */
record Elements(IndexedMemory memory, long offset) {
    static Elements of(Tensor tensor) {
        return new Elements((IndexedMemory) tensor.memory(), tensor.offset());
    }

    double get(long index) {
        return memory.get(offset + index);
    }

    void set(long index, double value) {
        memory.set(offset + index, value);
    }

    void add(long index, double value) {
        set(index, get(index) + value);
    }

    /** Adds or overwrites. */
    void put(long index, double value, boolean accumulate) {
        set(index, accumulate ? get(index) + value : value);
    }
}
