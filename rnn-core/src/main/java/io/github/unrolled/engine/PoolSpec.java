package io.github.unrolled.engine;

import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.ShapeException;

/**
 * What a pooling is made for.
 *
 * @param kind what is taken from the pixels that the window sees
 * @param batch images side by side
 * @param height rows of an input image
 * @param width columns of an input image
 * @param channels features of a pixel
 * @param window what is seen at once; pixels of its padding do not count
 * @param training whether a backward pass follows, for which the forward one keeps a workspace
 */
public record PoolSpec(Kind kind, int batch, int height, int width, int channels, Window window, boolean training) {
    /** What is taken. */
    public enum Kind {
        /** The largest value. An engine may lose NaN here. */
        MAX,
        /** The mean over the pixels of the image that are seen. */
        AVERAGE
    }

    /** @throws ShapeException if the window has dilation, or would see nothing of the image at some place */
    public PoolSpec {
        Edges padding = window.padding();
        if (window.dilation() != 1
                || Math.max(padding.top(), padding.bottom()) >= window.height()
                || Math.max(padding.left(), padding.right()) >= window.width()) {
            throw new ShapeException("a pooling with a " + window
                    + " was asked for, expected no dilation and less padding than the window is large");
        }
        window.placesY(height);
        window.placesX(width);
    }

    /** {@code [batch, height, width, channels]}. */
    public Shape inputShape() {
        return Shape.of(batch, height, width, channels);
    }

    /** {@code [batch, places, places, channels]}. */
    public Shape outputShape() {
        return Shape.of(batch, window.placesY(height), window.placesX(width), channels);
    }

    /** Whether nothing is to be computed. */
    public boolean isEmpty() {
        return inputShape().elements() == 0;
    }
}
