package io.github.unrolled.model;

/** How elements are written into a safetensors file. */
public enum StoredType {
    /** IEEE 754 binary64. */
    F64(8),
    /** IEEE 754 binary32. */
    F32(4),
    /** IEEE 754 binary16: three decimal digits. */
    F16(2),
    /** bfloat16: the range of binary32, two decimal digits. */
    BF16(2);

    private final int bytes;

    StoredType(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes of one element. */
    public int bytes() {
        return bytes;
    }
}
