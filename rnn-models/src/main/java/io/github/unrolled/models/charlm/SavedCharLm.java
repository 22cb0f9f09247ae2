package io.github.unrolled.models.charlm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.text.Vocabulary;
import io.github.unrolled.model.ModelFile;
import io.github.unrolled.model.ModelFileException;
import io.github.unrolled.models.charlm.CharLmConfig.CellType;
import io.github.unrolled.nn.Parameters;
import io.github.unrolled.tensor.Allocator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * A character model as it lies in a file: the network, the characters it knows, and where it came from.
 *
 * @param model the network with its weights; owned
 * @param vocabulary what its tokens mean
 * @param provenance how it was made: data, configuration, seed, metrics, versions, minutes, command
 */
public record SavedCharLm(CharLm model, Vocabulary vocabulary, ObjectNode provenance) implements AutoCloseable {
    private static final String TYPE = "charlm";
    private static final int LARGEST = 1 << 16;

    /** What {@code model.json} says of a character model, without its provenance. */
    public static ObjectNode describe(CharLmConfig config, Vocabulary vocabulary) {
        ObjectNode description = ModelFile.newDescription();
        description.put("type", TYPE);
        ObjectNode sizes = description.putObject("architecture");
        sizes.put("cell", config.cell().id())
                .put("embedding", config.embedding())
                .put("hidden", config.hidden())
                .put("layers", config.layers())
                .put("dropout", config.dropout())
                .put("recurrentDropout", config.recurrentDropout());
        for (int codePoint : vocabulary.codePoints()) {
            description.withArray("vocabulary").add(codePoint);
        }
        return description;
    }

    /**
     * Reads a model.
     *
     * @throws ModelFileException if the file is damaged, or another kind of model
     */
    public static SavedCharLm load(Path file, Allocator allocator) throws IOException {
        return of(file.toString(), ModelFile.read(file), allocator);
    }

    /** As {@link #load(Path, Allocator)}, from a stream. */
    public static SavedCharLm load(String source, InputStream in, Allocator allocator) throws IOException {
        return of(source, ModelFile.read(source, in), allocator);
    }

    /** Makes the model that a file describes. */
    public static SavedCharLm of(String source, ModelFile file, Allocator allocator) {
        Vocabulary vocabulary = vocabulary(source, file);
        CharLm model = new CharLm(config(source, file, vocabulary), Parameters.zeros(allocator));
        try {
            file.assignTo(source, model.parameters());
        } catch (ModelFileException e) {
            model.close();
            throw e;
        }
        JsonNode provenance = file.description().path("provenance");
        return new SavedCharLm(
                model, vocabulary, provenance instanceof ObjectNode object ? object : ModelFile.newDescription());
    }

    /** The vocabulary in a file. */
    public static Vocabulary vocabulary(String source, ModelFile file) {
        JsonNode listed = file.description().path("vocabulary");
        if (!TYPE.equals(file.description().path("type").asText()) || listed.isEmpty()) {
            throw new ModelFileException(source + " is no character model but '"
                    + file.description().path("type").asText() + "'; expected one written by charlm train");
        }
        int[] codePoints = new int[listed.size()];
        for (int i = 0; i < codePoints.length; i++) {
            codePoints[i] = listed.get(i).asInt(-1);
        }
        try {
            return Vocabulary.ofStored(codePoints);
        } catch (DataException e) {
            throw new ModelFileException(source + " is damaged: " + e.getMessage(), e);
        }
    }

    /** The architecture in a file. */
    public static CharLmConfig config(String source, ModelFile file, Vocabulary vocabulary) {
        JsonNode sizes = file.description().path("architecture");
        try {
            return new CharLmConfig(
                    CellType.of(sizes.path("cell").asText()),
                    vocabulary.size(),
                    size(sizes, "embedding"),
                    size(sizes, "hidden"),
                    size(sizes, "layers"),
                    sizes.path("dropout").asDouble(),
                    sizes.path("recurrentDropout").asDouble());
        } catch (IllegalArgumentException e) {
            throw new ModelFileException(source + " is damaged: " + e.getMessage(), e);
        }
    }

    private static int size(JsonNode sizes, String name) {
        int size = sizes.path(name).asInt(0);
        if (size > LARGEST) {
            throw new IllegalArgumentException(name + " is " + size + ", more than any model has");
        }
        return size;
    }

    @Override
    public void close() {
        model.close();
    }
}
