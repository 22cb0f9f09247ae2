package io.github.unrolled.train;

/** A checkpoint does not fit the run that is to go on from it; the message says what differs. */
public final class SnapshotException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what differs, and what to do */
    public SnapshotException(String message) {
        super(message);
    }
}
