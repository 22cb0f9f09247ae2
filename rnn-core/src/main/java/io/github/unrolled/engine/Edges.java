package io.github.unrolled.engine;

import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.ShapeException;

/**
 * Pixels added around an image.
 *
 * @param top rows above
 * @param bottom rows below
 * @param left columns to the left
 * @param right columns to the right
 */
public record Edges(int top, int bottom, int left, int right) {
    /** No pixels. */
    public static final Edges NONE = new Edges(0, 0, 0, 0);

    /** @throws ShapeException if an amount is negative */
    public Edges {
        if (top < 0 || bottom < 0 || left < 0 || right < 0) {
            throw new ShapeException("padding of " + top + " above, " + bottom + " below, " + left + " left and "
                    + right + " right was asked for, expected 0 or more on every side");
        }
    }

    /** The same amount on every side. */
    public static Edges all(int amount) {
        return new Edges(amount, amount, amount, amount);
    }

    /** The shape of images {@code [batch, height, width, channels]} with these edges around them. */
    public Shape around(Shape images) {
        return Shape.of(images.dim(0), images.dim(1) + top + bottom, images.dim(2) + left + right, images.dim(3));
    }

    /**
     * The shape of images {@code [batch, height, width, channels]} without these edges.
     *
     * @throws ShapeException if nothing is left of an image
     */
    public Shape within(Shape images) {
        int rows = images.dim(1) - top - bottom;
        int columns = images.dim(2) - left - right;
        if (rows < 1 || columns < 1) {
            throw new ShapeException("edges of " + this + " leave nothing of images " + images
                    + "; expected at least one row and one column more");
        }
        return Shape.of(images.dim(0), rows, columns, images.dim(3));
    }

    @Override
    public String toString() {
        return top + " above, " + bottom + " below, " + left + " left, " + right + " right";
    }
}
