package io.github.unrolled.engine;

/** A backend cannot run on this machine; the message says why and what to do, in one sentence. */
public final class BackendUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message why, and what to do
     * @param cause what the native library said
     */
    public BackendUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
