package io.github.unrolled.datasets.video;

/**
 * The form in which frames are kept for a model: {@code [height, width, channels]}, one byte a value.
 *
 * @param height rows, above 0
 * @param width columns, above 0
 * @param channels 1 for grey, 3 for red, green and blue
 */
public record FrameSize(int height, int width, int channels) {
    private static final int LARGEST_SIDE = 1 << 14;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a side is not within 1 and 16384, or channels are neither 1 nor 3
     */
    public FrameSize {
        if (height < 1 || width < 1 || height > LARGEST_SIDE || width > LARGEST_SIDE) {
            throw new IllegalArgumentException("frames of " + width + " x " + height
                    + " pixels; each side is within 1 and " + LARGEST_SIDE + " pixels");
        }
        if (channels != 1 && channels != 3) {
            throw new IllegalArgumentException("frames of " + channels + " channels; 1 (grey) or 3 (red, green, blue)");
        }
    }

    /** Values of a frame, and its bytes. */
    public int values() {
        return Math.multiplyExact(Math.multiplyExact(height, width), channels);
    }

    /** Such as {@code 96x64x1}: width, height, channels. */
    @Override
    public String toString() {
        return width + "x" + height + "x" + channels;
    }
}
