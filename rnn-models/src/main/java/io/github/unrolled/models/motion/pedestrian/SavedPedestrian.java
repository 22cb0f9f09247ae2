package io.github.unrolled.models.motion.pedestrian;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.unrolled.model.ModelFile;
import io.github.unrolled.model.ModelFileException;
import io.github.unrolled.models.motion.pedestrian.PedestrianConfig.CellType;
import io.github.unrolled.nn.Parameters;
import io.github.unrolled.tensor.Allocator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * A model of walkers as it lies in a file.
 *
 * @param model the network with its weights; owned
 * @param stepSeconds the time between positions that it was trained with
 * @param provenance how it was made: data, configuration, seed, metrics, versions, minutes, command
 */
public record SavedPedestrian(PedestrianModel model, double stepSeconds, ObjectNode provenance)
        implements AutoCloseable {
    private static final String TYPE = "pedestrian";

    /** What {@code model.json} says of a model of walkers, without its provenance. */
    public static ObjectNode describe(PedestrianConfig config, double stepSeconds) {
        ObjectNode description = ModelFile.newDescription();
        description.put("type", TYPE);
        description
                .putObject("architecture")
                .put("cell", config.cell().id())
                .put("hidden", config.hidden())
                .put("modes", config.modes())
                .put("socialRadius", config.socialRadius())
                .put("trust", config.trust())
                .put("observed", config.observed())
                .put("predicted", config.predicted());
        return description.put("stepSeconds", stepSeconds);
    }

    /**
     * Reads a model.
     *
     * @throws ModelFileException if the file is damaged, or another kind of model
     */
    public static SavedPedestrian load(Path file, Allocator allocator) throws IOException {
        return of(file.toString(), ModelFile.read(file), allocator);
    }

    /** As {@link #load(Path, Allocator)}, from a stream. */
    public static SavedPedestrian load(String source, InputStream in, Allocator allocator) throws IOException {
        return of(source, ModelFile.read(source, in), allocator);
    }

    private static SavedPedestrian of(String source, ModelFile file, Allocator allocator) {
        PedestrianConfig config = config(source, file);
        double stepSeconds = file.description().path("stepSeconds").asDouble(0);
        if (!(stepSeconds > 0 && stepSeconds < Double.POSITIVE_INFINITY)) {
            throw new ModelFileException(source + " is damaged: its step is " + stepSeconds + " seconds");
        }
        PedestrianModel model = new PedestrianModel(config, Parameters.zeros(allocator));
        try {
            file.assignTo(source, model.parameters());
        } catch (ModelFileException e) {
            model.close();
            throw e;
        }
        JsonNode provenance = file.description().path("provenance");
        return new SavedPedestrian(
                model, stepSeconds, provenance instanceof ObjectNode object ? object : ModelFile.newDescription());
    }

    /** The architecture in a file. */
    static PedestrianConfig config(String source, ModelFile file) {
        String type = file.description().path("type").asText();
        if (!TYPE.equals(type)) {
            throw new ModelFileException(source + " is no model of walkers but '" + type
                    + "'; expected one written by motion train --task pedestrian");
        }
        JsonNode sizes = file.description().path("architecture");
        try {
            return new PedestrianConfig(
                    CellType.of(sizes.path("cell").asText()),
                    sizes.path("hidden").asInt(0),
                    sizes.path("modes").asInt(0),
                    sizes.path("socialRadius").asDouble(-1),
                    sizes.path("trust").asDouble(1),
                    sizes.path("observed").asInt(0),
                    sizes.path("predicted").asInt(0));
        } catch (IllegalArgumentException e) {
            throw new ModelFileException(source + " is damaged: " + e.getMessage(), e);
        }
    }

    /** What it was trained on, as its file says; empty if it does not. */
    public String trainedOn() {
        return provenance.path("data").path("name").asText();
    }

    @Override
    public void close() {
        model.close();
    }
}
