package io.github.unrolled.models.imaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.unrolled.model.ModelFile;
import io.github.unrolled.model.ModelFileException;
import io.github.unrolled.nn.Parameters;
import io.github.unrolled.tensor.Allocator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * A restoring network as it lies in a file.
 *
 * @param model the network with its weights; owned
 * @param provenance how it was made
 */
public record SavedRestorer(Restorer model, ObjectNode provenance) implements AutoCloseable {
    /**
     * Reads a model.
     *
     * @throws ModelFileException if the file is damaged, or another kind of model
     */
    public static SavedRestorer load(Path file, Allocator allocator) throws IOException {
        return of(file.toString(), ModelFile.read(file), allocator);
    }

    /** As {@link #load(Path, Allocator)}, from a stream. */
    public static SavedRestorer load(String source, InputStream in, Allocator allocator) throws IOException {
        return of(source, ModelFile.read(source, in), allocator);
    }

    private static SavedRestorer of(String source, ModelFile file, Allocator allocator) {
        Restorer model = create(source, file, Parameters.zeros(allocator));
        return new SavedRestorer(model, SavedFiles.assign(source, file, model));
    }

    private static Restorer create(String source, ModelFile file, Parameters parameters) {
        JsonNode sizes = file.description().path("architecture");
        String type = file.description().path("type").asText();
        try {
            return switch (type) {
                case "upscaler" ->
                    new Upscaler(
                            new Upscaler.Options(
                                    sizes.path("scale").asInt(),
                                    sizes.path("features").asInt(),
                                    sizes.path("convolutions").asInt(),
                                    sizes.path("recursions").asInt()),
                            parameters);
                case "denoiser" ->
                    new Denoiser(
                            new Denoiser.Options(
                                    sizes.path("channels").asInt(),
                                    sizes.path("features").asInt(),
                                    sizes.path("outer").asInt(-1),
                                    sizes.path("inner").asInt()),
                            parameters);
                default ->
                    throw new ModelFileException(source + " restores no pictures, it is '" + type
                            + "'; expected a model written by imaging train for upscale or denoise");
            };
        } catch (IllegalArgumentException e) {
            throw new ModelFileException(source + " is damaged: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        model.close();
    }
}
