package io.github.unrolled.model;

/** A model file cannot be used; the message is one sentence that begins with the file's name. */
public final class ModelFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message file, what is wrong with it, what to do */
    public ModelFileException(String message) {
        super(message);
    }

    /**
     * A fault with what led to it.
     *
     * @param message file, what is wrong with it, what to do
     * @param cause what led to it
     */
    public ModelFileException(String message, Throwable cause) {
        super(message, cause);
    }

    static ModelFileException damaged(String source, String what) {
        return new ModelFileException(sentence(source, what));
    }

    static ModelFileException damaged(String source, String what, Throwable cause) {
        return new ModelFileException(sentence(source, what), cause);
    }

    private static String sentence(String source, String what) {
        return source + " is damaged: " + what + "; take another copy of the file";
    }
}
