package io.github.unrolled.tensor;

/** A tensor of the wrong shape was passed; the message says who got what, and what was expected. */
public final class ShapeException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** @param message who got what, what was expected, what to do */
    public ShapeException(String message) {
        super(message);
    }
}
