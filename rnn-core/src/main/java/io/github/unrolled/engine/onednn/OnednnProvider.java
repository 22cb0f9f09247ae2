package io.github.unrolled.engine.onednn;

import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.BackendProvider;
import io.github.unrolled.engine.BackendUnavailableException;
import io.github.unrolled.tensor.ElementType;
import org.bytedeco.javacpp.Loader;

/** Offers {@link OnednnBackend} where its native library loads. Public because services must be. */
public final class OnednnProvider implements BackendProvider {
    /** Called by {@link java.util.ServiceLoader}. */
    public OnednnProvider() {}

    @Override
    public String name() {
        return "onednn";
    }

    @Override
    public int priority() {
        return 100;
    }

    @Override
    public boolean supports(ElementType type) {
        return type == ElementType.FLOAT32;
    }

    @Override
    public Backend create(ElementType type) {
        try {
            Loader.load(org.bytedeco.dnnl.global.dnnl.class);
            return new OnednnBackend();
        } catch (LinkageError | RuntimeException e) {
            throw new BackendUnavailableException(
                    "oneDNN does not load on " + platform() + " (" + e.getMessage()
                            + "), so the slow reference engine computes; add the artifacts org.bytedeco:javacpp, dnnl and opencl"
                            + " with the classifier of your platform to the class path",
                    e);
        }
    }

    private static String platform() {
        return System.getProperty("os.name") + " " + System.getProperty("os.arch");
    }
}
