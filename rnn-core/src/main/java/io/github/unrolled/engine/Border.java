package io.github.unrolled.engine;

/** What the pixels around an image are. */
public enum Border {
    /** Zeros. */
    ZERO,
    /** The nearest pixel of the image: {@code a a | a b c | c c}. */
    REPLICATE,
    /** The image mirrored at its outermost pixels, which are not repeated: {@code c b | a b c | b a}. */
    REFLECT;

    /** The answer of {@link #source} for a pixel of zeros. */
    public static final int NOWHERE = -1;

    /**
     * Where a row (or column) around an image comes from.
     *
     * @param position of the row, less than 0 before the image, {@code extent} and more after it; for {@link #REFLECT} less
     *     than {@code extent} away from it
     * @param extent rows of the image, at least 1
     * @return a row of the image, or {@link #NOWHERE}
     */
    public int source(int position, int extent) {
        if (position >= 0 && position < extent) {
            return position;
        }
        return switch (this) {
            case ZERO -> NOWHERE;
            case REPLICATE -> position < 0 ? 0 : extent - 1;
            case REFLECT -> position < 0 ? -position : 2 * (extent - 1) - position;
        };
    }
}
