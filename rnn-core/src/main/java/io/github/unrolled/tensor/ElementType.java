package io.github.unrolled.tensor;

/** The type of a tensor's elements. */
public enum ElementType {
    /** IEEE 754 binary32: what training and inference run on. */
    FLOAT32(4),
    /** IEEE 754 binary64: gradient checks on the reference engine. */
    FLOAT64(8);

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes of one element. */
    public int bytes() {
        return bytes;
    }
}
