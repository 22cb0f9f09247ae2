package io.github.unrolled.models.zoo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Backends;
import io.github.unrolled.models.charlm.SavedCharLm;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The models in the jar.
 *
 * <pre>{@code
 * try (SavedCharLm shakespeare = Zoo.load("charlm/shakespeare")) { ... }
 * }</pre>
 */
public final class Zoo {
    private static final String LIST = "zoo.json";

    private Zoo() {}

    /** Read when first asked for. */
    private static final class Entries {
        static final List<ZooEntry> ALL = List.copyOf(read());
    }

    /** All models. */
    public static List<ZooEntry> entries() {
        return Entries.ALL;
    }

    private static List<ZooEntry> read() {
        try (InputStream in = resource(LIST)) {
            List<ZooEntry> entries = new ArrayList<>();
            for (JsonNode entry : new ObjectMapper().readTree(in).path("models")) {
                entries.add(entry(entry));
            }
            return entries;
        } catch (IOException e) {
            throw new UncheckedIOException("the zoo's list cannot be read", e);
        }
    }

    private static ZooEntry entry(JsonNode json) {
        List<ZooEntry.Metric> metrics = new ArrayList<>();
        for (JsonNode metric : json.path("metrics")) {
            metrics.add(new ZooEntry.Metric(
                    metric.path("name").asText(),
                    metric.path("metric").asText(),
                    metric.path("value").asDouble(),
                    metric.path("protocol").asText()));
        }
        return new ZooEntry(
                json.path("name").asText(),
                json.path("task").asText(),
                json.path("paper").asText(),
                json.path("parameters").asLong(),
                json.path("file").asText(),
                json.path("bytes").asLong(),
                json.path("sha256").asText(),
                json.path("weightsLicence").asText(),
                json.path("dataLicence").asText(),
                metrics,
                json.path("command").asText(),
                json.path("seed").asLong());
    }

    /** The model of that name, if there is one. */
    public static Optional<ZooEntry> find(String name) {
        return entries().stream().filter(entry -> entry.name().equals(name)).findFirst();
    }

    /**
     * Loads a character model on the fastest backend.
     *
     * @throws IllegalArgumentException if there is no model of that name
     */
    public static SavedCharLm load(String name) {
        return load(name, Backends.best());
    }

    /** As {@link #load(String)}, on a backend. */
    public static SavedCharLm load(String name, Backend backend) {
        return load(name, SavedCharLm::load, backend);
    }

    /**
     * Loads a model of any task, such as {@code Zoo.load("charlm/shakespeare", SavedCharLm::load, backend)}.
     *
     * @param loader of the models of that task
     * @throws IllegalArgumentException if there is no model of that name
     */
    public static <T> T load(String name, Loader<T> loader, Backend backend) {
        try {
            return loader.load(name, open(name), backend);
        } catch (IOException e) {
            throw new UncheckedIOException("the model " + name + " cannot be read", e);
        }
    }

    /**
     * The file of a model of any task.
     *
     * @throws IllegalArgumentException if there is no model of that name
     */
    public static InputStream open(String name) throws IOException {
        ZooEntry entry = find(name)
                .orElseThrow(() -> new IllegalArgumentException("the zoo has no model '" + name + "'; it has "
                        + entries().stream().map(ZooEntry::name).toList()));
        return new ByteArrayInputStream(bytes(entry));
    }

    /**
     * Reads the models of a task from a stream.
     *
     * @param <T> a loaded model
     */
    @FunctionalInterface
    public interface Loader<T> {
        /**
         * Reads a model.
         *
         * @param source its name, for messages
         * @throws io.github.unrolled.model.ModelFileException if it is damaged, or another kind of model
         */
        T load(String source, InputStream in, Backend backend) throws IOException;
    }

    /**
     * A model's file. What it holds is checked as it is read, and its SHA-256 when the project is built.
     *
     * @throws IllegalStateException if it is not as long as the list says
     */
    static byte[] bytes(ZooEntry entry) throws IOException {
        byte[] bytes;
        try (InputStream in = resource(entry.file())) {
            bytes = in.readAllBytes();
        }
        if (bytes.length != entry.bytes()) {
            throw new IllegalStateException(
                    "the file of " + entry.name() + " is not the one in the zoo's list: it has " + bytes.length
                            + " bytes, expected " + entry.bytes() + "; build rnn-models again from a clean checkout");
        }
        return bytes;
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(Zoo.class.getResourceAsStream(name), "no resource " + name);
    }
}
