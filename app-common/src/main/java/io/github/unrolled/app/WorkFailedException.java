package io.github.unrolled.app;

/** The work failed for a reason that the user can understand; the exit code is 1. */
public final class WorkFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param sentence what went wrong, where and what to do, without a full stop
     */
    public WorkFailedException(String sentence) {
        super(sentence);
    }

    /** A failure with what led to it, which {@code --verbose} shows. */
    public WorkFailedException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
