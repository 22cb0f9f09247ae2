package io.github.unrolled.train;

/** Training went wrong for good: the message names the step and the parameter, and says what to do. */
public final class DivergenceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message step, what was not finite, what to do */
    public DivergenceException(String message) {
        super(message);
    }
}
