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
 * An autoencoder as it lies in a file.
 *
 * @param model the network with its weights; owned
 * @param provenance how it was made
 */
public record SavedAutoencoder(Autoencoder model, ObjectNode provenance) implements AutoCloseable {
    /**
     * Reads a model.
     *
     * @throws ModelFileException if the file is damaged, or another kind of model
     */
    public static SavedAutoencoder load(Path file, Allocator allocator) throws IOException {
        return of(file.toString(), ModelFile.read(file), allocator);
    }

    /** As {@link #load(Path, Allocator)}, from a stream. */
    public static SavedAutoencoder load(String source, InputStream in, Allocator allocator) throws IOException {
        return of(source, ModelFile.read(source, in), allocator);
    }

    private static SavedAutoencoder of(String source, ModelFile file, Allocator allocator) {
        Autoencoder model = create(source, file, Parameters.zeros(allocator));
        return new SavedAutoencoder(model, SavedFiles.assign(source, file, model));
    }

    private static Autoencoder create(String source, ModelFile file, Parameters parameters) {
        JsonNode sizes = file.description().path("architecture");
        String type = file.description().path("type").asText();
        try {
            return switch (type) {
                case ConvAutoencoder.TYPE ->
                    new ConvAutoencoder(
                            new ConvAutoencoder.Options(
                                    sizes.path("size").asInt(),
                                    sizes.path("code").asInt(),
                                    sizes.path("features").asInt(),
                                    sizes.path("hidden").asInt()),
                            parameters);
                case RecurrentAutoencoder.TYPE ->
                    new RecurrentAutoencoder(
                            new RecurrentAutoencoder.Options(
                                    sizes.path("size").asInt(),
                                    sizes.path("code").asInt(),
                                    sizes.path("hidden").asInt()),
                            parameters);
                default ->
                    throw new ModelFileException(source + " is no autoencoder but '" + type
                            + "'; expected a model written by imaging train --task autoencode");
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
