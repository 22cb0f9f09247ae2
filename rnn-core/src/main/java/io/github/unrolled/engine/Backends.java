package io.github.unrolled.engine;

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
     * The fastest backend that works on this machine. When that is not the first choice, the reason is logged as a
     * warning, with what to do.
     */
    public static Backend best() {
        for (BackendProvider provider : providers()) {
            try {
                return provider.create();
            } catch (BackendUnavailableException e) {
                LOG.warn("{}", e.getMessage());
            }
        }
        throw new IllegalStateException("no backend is on the class path; add io.github.unrolled:rnn-core");
    }

    /**
     * The backend of that name.
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
                .create();
    }

    private static List<BackendProvider> providers() {
        return ServiceLoader.load(BackendProvider.class, Backends.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparingInt(BackendProvider::priority).reversed())
                .toList();
    }
}
