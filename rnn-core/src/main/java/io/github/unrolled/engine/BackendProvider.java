package io.github.unrolled.engine;

/** How a backend announces itself: a service, found through {@link java.util.ServiceLoader}. */
public interface BackendProvider {
    /** The name that {@link Backends#named} knows it by. */
    String name();

    /** Higher is tried first. */
    int priority();

    /**
     * The backend, with its native libraries loaded.
     *
     * @throws BackendUnavailableException if it does not work here; the message is one sentence with the reason
     */
    Backend create();
}
