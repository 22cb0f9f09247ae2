package io.github.unrolled.datasets.video;

/**
 * A part of a frame, in pixels from the upper left.
 *
 * @param x its first column
 * @param y its first row
 * @param width columns
 * @param height rows
 */
public record Box(int x, int y, int width, int height) {
    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if it begins before the frame or is empty
     */
    public Box {
        if (x < 0 || y < 0 || width < 1 || height < 1) {
            throw new IllegalArgumentException("a box at " + x + ", " + y + " of " + width + " x " + height
                    + " pixels; it begins at 0 or later and has at least one pixel");
        }
    }

    /** Such as {@code 96x64+108+181}: width, height, place. */
    @Override
    public String toString() {
        return width + "x" + height + "+" + x + "+" + y;
    }
}
