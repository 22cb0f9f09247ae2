package io.github.unrolled.engine;

import io.github.unrolled.tensor.ElementType;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Picks a backend. */
public final class Backends {
    private static final Logger LOG = LoggerFactory.getLogger(Backends.class);

    private Backends() {}

    /**
     * The fastest backend in single precision that works on this machine. When that is not the first choice, the reason is
     * logged as a warning, with what to do.
     */
    public static Backend best() {
        return best(ElementType.FLOAT32);
    }

    /** As {@link #best()}, for elements of another type: in double that is the reference, for gradient checks. */
    public static Backend best(ElementType type) {
        for (BackendProvider provider : providers()) {
            try {
                if (provider.supports(type)) {
                    return provider.create(type);
                }
            } catch (BackendUnavailableException e) {
                LOG.warn("{}", e.getMessage());
            }
        }
        throw new IllegalStateException("no backend is on the class path; add io.github.unrolled:rnn-core");
    }

    /**
     * The backend of that name, in single precision.
     *
     * @throws IllegalArgumentException if there is none
     * @throws BackendUnavailableException if it does not work here
     */
    public static Backend named(String name) {
        List<BackendProvider> providers = providers();
        return providers.stream()
                .filter(provider -> provider.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no backend is called '" + name + "'; there are "
                        + providers.stream().map(BackendProvider::name).toList()))
                .create(ElementType.FLOAT32);
    }

    private static List<BackendProvider> providers() {
        return ServiceLoader.load(BackendProvider.class, Backends.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparingInt(BackendProvider::priority).reversed())
                .toList();
    }
}
