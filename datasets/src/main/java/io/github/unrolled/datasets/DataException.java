package io.github.unrolled.datasets;

/** Data cannot be used; the message is one sentence that says what is wrong, where, and what to do. */
public final class DataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what is wrong, where, and what to do */
    public DataException(String message) {
        super(message);
    }

    /**
     * A fault with what led to it.
     *
     * @param message what is wrong, where, and what to do
     * @param cause what led to it
     */
    public DataException(String message, Throwable cause) {
        super(message, cause);
    }
}
