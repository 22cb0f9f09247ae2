package io.github.unrolled.engine;

import io.github.unrolled.tensor.ElementType;

/** How a backend announces itself: a service, found through {@link java.util.ServiceLoader}. */
public interface BackendProvider {
    /** The name that {@link Backends#named} knows it by. */
    String name();

    /** Higher is tried first. */
    int priority();

    /** Whether it computes on elements of that type. */
    boolean supports(ElementType type);

    /**
     * The backend, with its native libraries loaded.
     *
     * @param type of all tensors, one that is supported
     * @throws BackendUnavailableException if it does not work here; the message is one sentence with the reason
     */
    Backend create(ElementType type);
}
