package io.github.unrolled.app;

import io.github.unrolled.engine.Backend;
import io.github.unrolled.model.ModelFile;
import io.github.unrolled.models.zoo.Zoo;
import io.github.unrolled.models.zoo.ZooEntry;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
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

    /**
     * Loads the model that was named, or the one of the zoo where none was.
     *
     * @param otherwise name of a model of the zoo
     * @param loader of models of this kind
     * @throws UsageException if there is no such file, run or model
     */
    public <T> T load(String otherwise, Zoo.Loader<T> loader, Backend backend) throws IOException {
        return named(model().orElse(otherwise), loader, backend);
    }

    /**
     * Loads a model that is named otherwise than by {@code --model} alone.
     *
     * @param name a file, a run folder or a model of the zoo
     * @throws UsageException if there is no such file, run or model
     */
    public static <T> T named(String name, Zoo.Loader<T> loader, Backend backend) throws IOException {
        Optional<Path> file = located("--model", name);
        if (file.isEmpty()) {
            return Zoo.load(name, loader, backend);
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file.get()))) {
            return loader.load(file.get().toString(), in, backend);
        }
    }

    /**
     * Reads the file of a model that another option names, whatever its kind.
     *
     * @param option its name, for messages
     * @param name a file, a run folder or a model of the zoo
     * @throws UsageException if there is no such file, run or model
     * @throws io.github.unrolled.model.ModelFileException if the file is no model
     */
    public static ModelFile file(String option, String name) throws IOException {
        Optional<Path> file = located(option, name);
        if (file.isPresent()) {
            return ModelFile.read(file.get());
        }
        try (InputStream in = Zoo.open(name)) {
            return ModelFile.read(name, in);
        }
    }

    /** The file of that name, or in the run folder of that name; empty for a model of the zoo. */
    private static Optional<Path> located(String option, String name) {
        Path path = Path.of(name);
        if (Files.isDirectory(path)) {
            Path best = path.resolve("best.zip");
            if (!Files.exists(best)) {
                throw new UsageException(
                        option + " is " + name + ", a folder without best.zip; expected a run folder of a"
                                + " training that has validated at least once");
            }
            return Optional.of(best);
        }
        if (Files.exists(path)) {
            return Optional.of(path);
        }
        if (Zoo.find(name).isEmpty()) {
            throw new UsageException(option + " is " + name
                    + ", which is no file, no run folder and no model of the zoo ("
                    + String.join(
                            ", ", Zoo.entries().stream().map(ZooEntry::name).toList()) + ")");
        }
        return Optional.empty();
    }

    /** The file, folder or name, when given. */
    public Optional<String> model() {
        return Optional.ofNullable(model);
    }
}
