package io.github.unrolled.app;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --model}: which trained model to use. Mixed in with picocli's {@code @Mixin}. */
public final class ModelOption {
    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description = "A model file, a run folder, or a name that the zoo verb lists.",
            order = 40)
    private @Nullable String model;

    /** Not given. */
    public ModelOption() {}

    /** The file, folder or name, when given. */
    public Optional<String> model() {
        return Optional.ofNullable(model);
    }
}
