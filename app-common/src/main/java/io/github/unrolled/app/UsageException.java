package io.github.unrolled.app;

/** The command line asks for something that cannot be; the exit code is 2. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A wrong command line.
     *
     * @param sentence what was wrong, what was expected and what to do, without a full stop
     */
    public UsageException(String sentence) {
        super(sentence);
    }
}
