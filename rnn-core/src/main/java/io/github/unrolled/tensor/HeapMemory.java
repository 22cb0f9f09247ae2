package io.github.unrolled.tensor;

import java.util.Arrays;

/** Elements in a Java array: what the reference engine computes on, and what host copies of tensors lie in. */
public sealed interface HeapMemory extends IndexedMemory {
    /** A block of zeros. */
    static HeapMemory allocate(ElementType type, long elements) {
        int size = Math.toIntExact(elements);
        return switch (type) {
            case FLOAT32 -> new Floats(new float[size]);
            case FLOAT64 -> new Doubles(new double[size]);
        };
    }

    /** An allocator of heap memory. */
    static Allocator allocator(ElementType type) {
        return new Allocator() {
            @Override
            public ElementType type() {
                return type;
            }

            @Override
            public Memory allocate(long elements) {
                return HeapMemory.allocate(type, elements);
            }
        };
    }

    /** The garbage collector frees the array; nothing to do. */
    @Override
    default void close() {}

    /**
     * Elements in a {@code float[]}.
     *
     * @param array the elements themselves, not a copy
     */
    @SuppressWarnings("ArrayRecordComponent") // identity is what is wanted
    record Floats(float[] array) implements HeapMemory {
        @Override
        public ElementType type() {
            return ElementType.FLOAT32;
        }

        @Override
        public long elements() {
            return array.length;
        }

        @Override
        public double get(long index) {
            return array[(int) index];
        }

        @Override
        public void set(long index, double value) {
            array[(int) index] = (float) value;
        }

        @Override
        public void read(long offset, float[] target, int targetOffset, int count) {
            System.arraycopy(array, (int) offset, target, targetOffset, count);
        }

        @Override
        public void read(long offset, double[] target, int targetOffset, int count) {
            for (int i = 0; i < count; i++) {
                target[targetOffset + i] = array[(int) offset + i];
            }
        }

        @Override
        public void write(long offset, float[] source, int sourceOffset, int count) {
            System.arraycopy(source, sourceOffset, array, (int) offset, count);
        }

        @Override
        public void write(long offset, double[] source, int sourceOffset, int count) {
            for (int i = 0; i < count; i++) {
                array[(int) offset + i] = (float) source[sourceOffset + i];
            }
        }

        @Override
        public void fill(long offset, long count, double value) {
            Arrays.fill(array, (int) offset, (int) (offset + count), (float) value);
        }
    }

    /**
     * Elements in a {@code double[]}.
     *
     * @param array the elements themselves, not a copy
     */
    @SuppressWarnings("ArrayRecordComponent") // identity is what is wanted
    record Doubles(double[] array) implements HeapMemory {
        @Override
        public ElementType type() {
            return ElementType.FLOAT64;
        }

        @Override
        public long elements() {
            return array.length;
        }

        @Override
        public double get(long index) {
            return array[(int) index];
        }

        @Override
        public void set(long index, double value) {
            array[(int) index] = value;
        }

        @Override
        public void read(long offset, float[] target, int targetOffset, int count) {
            for (int i = 0; i < count; i++) {
                target[targetOffset + i] = (float) array[(int) offset + i];
            }
        }

        @Override
        public void read(long offset, double[] target, int targetOffset, int count) {
            System.arraycopy(array, (int) offset, target, targetOffset, count);
        }

        @Override
        public void write(long offset, float[] source, int sourceOffset, int count) {
            for (int i = 0; i < count; i++) {
                array[(int) offset + i] = source[sourceOffset + i];
            }
        }

        @Override
        public void write(long offset, double[] source, int sourceOffset, int count) {
            System.arraycopy(source, sourceOffset, array, (int) offset, count);
        }

        @Override
        public void fill(long offset, long count, double value) {
            Arrays.fill(array, (int) offset, (int) (offset + count), value);
        }
    }
}
