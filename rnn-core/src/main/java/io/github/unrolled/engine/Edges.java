package io.github.unrolled.engine;

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
}
