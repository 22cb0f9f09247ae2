package io.github.unrolled.engine;

import io.github.unrolled.tensor.ShapeException;

/**
 * A rectangle of pixels that moves over an image: what a convolution and a pooling see at once.
 *
 * @param height rows of the window
 * @param width columns of the window
 * @param strideY rows from one place to the next
 * @param strideX columns from one place to the next
 * @param dilation distance between neighbouring taps in pixels, 1 for none left out
 * @param padding pixels that the image is thought to be surrounded by; zeros for a convolution, nothing for a pooling
 */
public record Window(int height, int width, int strideY, int strideX, int dilation, Edges padding) {
    /** @throws ShapeException if an extent, a stride or the dilation is less than 1 */
    public Window {
        if (height < 1 || width < 1 || strideY < 1 || strideX < 1 || dilation < 1) {
            throw new ShapeException("a window of " + height + " x " + width + " pixels with strides " + strideY
                    + " and " + strideX + " and dilation " + dilation + " was asked for, expected 1 or more of each");
        }
    }

    /** A window of {@code size} by {@code size} pixels that moves by one, without padding. */
    public static Window square(int size) {
        return new Window(size, size, 1, 1, 1, Edges.NONE);
    }

    /** A square window with an odd size and just the padding that keeps the image's size. */
    public static Window same(int size) {
        if (size % 2 == 0) {
            throw new ShapeException("a window of " + size + " x " + size
                    + " pixels has no middle; take an odd size, or say the padding of every side");
        }
        return square(size).withPadding(Edges.all(size / 2));
    }

    /** This window moving by {@code stride} in both directions. */
    public Window withStride(int stride) {
        return new Window(height, width, stride, stride, dilation, padding);
    }

    /** This window with another padding. */
    public Window withPadding(Edges edges) {
        return new Window(height, width, strideY, strideX, dilation, edges);
    }

    /** This window with another distance between taps. */
    public Window withDilation(int distance) {
        return new Window(height, width, strideY, strideX, distance, padding);
    }

    /** Rows from the first to the last one that the window sees. */
    public int spanY() {
        return (height - 1) * dilation + 1;
    }

    /** Columns from the first to the last one that the window sees. */
    public int spanX() {
        return (width - 1) * dilation + 1;
    }

    /**
     * How many places the window has over {@code rows} rows.
     *
     * @throws ShapeException if it is larger than the padded image
     */
    public int placesY(int rows) {
        return places(rows, padding.top() + padding.bottom(), spanY(), strideY, "rows");
    }

    /**
     * How many places the window has over {@code columns} columns.
     *
     * @throws ShapeException if it is larger than the padded image
     */
    public int placesX(int columns) {
        return places(columns, padding.left() + padding.right(), spanX(), strideX, "columns");
    }

    private static int places(int extent, int padding, int span, int stride, String what) {
        if (extent + padding < span) {
            throw new ShapeException("a window spans " + span + " " + what + " and the image has " + extent + " and "
                    + padding + " of padding; take a smaller window, more padding or a larger image");
        }
        return (extent + padding - span) / stride + 1;
    }

    @Override
    public String toString() {
        return height + "x" + width + " window, strides " + strideY + " and " + strideX + ", dilation " + dilation
                + ", padding " + padding.top() + " " + padding.bottom() + " " + padding.left() + " " + padding.right();
    }
}
