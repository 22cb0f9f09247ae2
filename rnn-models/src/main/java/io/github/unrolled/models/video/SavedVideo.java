package io.github.unrolled.models.video;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.unrolled.model.ModelFile;
import io.github.unrolled.model.ModelFileException;
import io.github.unrolled.nn.Parameters;
import io.github.unrolled.tensor.Allocator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A network for video as it lies in a file: with what is done to its input, the names of its classes, and where it came
 * from.
 *
 * @param model the network with its weights; owned
 * @param standardisation of what it reads
 * @param classes names of the labels
 * @param provenance how it was made: data, configuration, seed, metrics, versions, minutes, command
 */
public record SavedVideo(VideoModel model, Standardisation standardisation, List<String> classes, ObjectNode provenance)
        implements AutoCloseable {
    private static final String TYPE = "video";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Copies the list. */
    public SavedVideo {
        classes = List.copyOf(classes);
    }

    /** What {@code model.json} says of a network, without its provenance. */
    static ObjectNode describe(VideoModel model, Standardisation standardisation, List<String> classes) {
        ObjectNode description = ModelFile.newDescription();
        description.put("type", TYPE);
        description.set("architecture", JSON.valueToTree(model.config()));
        description.set("standardisation", JSON.valueToTree(standardisation));
        ArrayNode names = description.putArray("classes");
        classes.forEach(names::add);
        return description;
    }

    /**
     * Reads a model.
     *
     * @throws ModelFileException if the file is damaged, or another kind of model
     */
    public static SavedVideo load(Path file, Allocator allocator) throws IOException {
        return of(file.toString(), ModelFile.read(file), allocator);
    }

    /** As {@link #load(Path, Allocator)}, from a stream. */
    public static SavedVideo load(String source, InputStream in, Allocator allocator) throws IOException {
        return of(source, ModelFile.read(source, in), allocator);
    }

    /** Makes the model that a file describes. */
    public static SavedVideo of(String source, ModelFile file, Allocator allocator) {
        JsonNode description = file.description();
        if (!TYPE.equals(description.path("type").asText())) {
            throw new ModelFileException(source + " is no model for video but '"
                    + description.path("type").asText() + "'; expected one written by video train");
        }
        List<String> classes = new ArrayList<>();
        description.path("classes").forEach(name -> classes.add(name.asText()));
        VideoModel model;
        Standardisation standardisation;
        try {
            VideoConfig config = JSON.treeToValue(description.path("architecture"), VideoConfig.class);
            standardisation = JSON.treeToValue(description.path("standardisation"), Standardisation.class);
            if (config == null || standardisation == null) {
                throw new IllegalArgumentException("it has no architecture or no standardisation");
            }
            if (config.classes() != classes.size() || standardisation.mean().length != config.channels()) {
                throw new IllegalArgumentException("its classes or channels are not as many as its architecture has");
            }
            model = new VideoModel(config, Parameters.zeros(allocator));
        } catch (IllegalArgumentException | JsonProcessingException e) {
            throw new ModelFileException(source + " is damaged: " + e.getMessage(), e);
        }
        try {
            file.assignTo(source, model.parameters());
        } catch (ModelFileException e) {
            model.close();
            throw e;
        }
        JsonNode provenance = description.path("provenance");
        return new SavedVideo(
                model,
                standardisation,
                classes,
                provenance instanceof ObjectNode object ? object : ModelFile.newDescription());
    }

    /** The name of the data that the model learned from; empty if the file does not say. */
    public String trainedOn() {
        return provenance.path("data").path("name").asText();
    }

    @Override
    public void close() {
        model.close();
    }
}
