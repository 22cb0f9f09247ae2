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
        return read("--model", name, (source, in) -> loader.load(source, in, backend));
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
        return read(option, name, ModelFile::read);
    }

    @FunctionalInterface
    private interface Reader<T> {
        T read(String source, InputStream in) throws IOException;
    }

    private static <T> T read(String option, String name, Reader<T> reader) throws IOException {
        Path path = Path.of(name);
        if (Files.isDirectory(path)) {
            Path best = path.resolve("best.zip");
            if (!Files.exists(best)) {
                throw new UsageException(
                        option + " is " + name + ", a folder without best.zip; expected a run folder of a"
                                + " training that has validated at least once");
            }
            return read(best, reader);
        }
        if (Files.exists(path)) {
            return read(path, reader);
        }
        if (Zoo.find(name).isEmpty()) {
            throw new UsageException(option + " is " + name
                    + ", which is no file, no run folder and no model of the zoo ("
                    + String.join(
                            ", ", Zoo.entries().stream().map(ZooEntry::name).toList()) + ")");
        }
        try (InputStream in = Zoo.open(name)) {
            return reader.read(name, in);
        }
    }

    private static <T> T read(Path file, Reader<T> reader) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return reader.read(file.toString(), in);
        }
    }

    /** The file, folder or name, when given. */
    public Optional<String> model() {
        return Optional.ofNullable(model);
    }
}
