package io.github.unrolled.engine.reference;

import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.BackendProvider;
import io.github.unrolled.tensor.ElementType;

/** Offers {@link ReferenceBackend} last of all. Public because services must be. */
public final class ReferenceProvider implements BackendProvider {
    /** Called by {@link java.util.ServiceLoader}. */
    public ReferenceProvider() {}

    @Override
    public String name() {
        return "reference";
    }

    @Override
    public int priority() {
        return 0;
    }

    @Override
    public boolean supports(ElementType type) {
        return true;
    }

    @Override
    public Backend create(ElementType type) {
        return new ReferenceBackend(type);
    }
}
