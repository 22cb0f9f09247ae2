package io.github.unrolled.models.imaging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.unrolled.model.ModelFile;
import io.github.unrolled.model.ModelFileException;
import io.github.unrolled.nn.Parameters;
import io.github.unrolled.train.Training;

/**
 * What an autoencoder is and what it is shown; {@link io.github.unrolled.train.Recipe} has the rest of a training's options.
 *
 * @param kind {@code conv} or {@code recurrent}
 * @param code numbers of a code
 * @param features of a convolution; unused by the recurrent kind
 * @param hidden units of the hidden layer, or of the recurrent state
 * @param noise deviation of the noise that is added to inputs, 0 to 1; the clean picture is wanted all the same (Vincent et
 *     al. 2008)
 * @param batch pictures of a step
 * @param heldOut pictures at the end that validate
 */
public record AutoencoderOptions(
        String kind, int code, int features, int hidden, double noise, int batch, int heldOut) {
    /** The kind of {@link ConvAutoencoder}. */
    public static final String CONV = "conv";

    /** The kind of {@link RecurrentAutoencoder}. */
    public static final String RECURRENT = "recurrent";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Checks the ranges: what a checkpoint says arrives here as well. */
    public AutoencoderOptions {
        if (!kind.equals(CONV) && !kind.equals(RECURRENT)) {
            throw new IllegalArgumentException("kind is " + kind + ", expected conv or recurrent");
        }
        Sizes.require("code", code, 1, 4096);
        Sizes.require("features", features, 2, 1024);
        Sizes.require("hidden", hidden, 1, 1 << 14);
        Sizes.require("batch", batch, 1, 1 << 14);
        Sizes.require("heldOut", heldOut, 1, 1 << 24);
        if (!(noise >= 0 && noise <= 1)) {
            throw new IllegalArgumentException("noise is " + noise + ", expected 0 to 1");
        }
    }

    /** The convolutional kind as it is shipped. */
    public static AutoencoderOptions conv(int code) {
        return new AutoencoderOptions(CONV, code, 16, 512, 0, 128, 10_000);
    }

    /** The recurrent kind as it is shipped. */
    public static AutoencoderOptions recurrent(int code) {
        return new AutoencoderOptions(RECURRENT, code, 16, 192, 0, 128, 10_000);
    }

    /** A network with its initial values, for pictures of this size. */
    public Autoencoder create(int size, Parameters parameters) {
        return kind.equals(CONV)
                ? new ConvAutoencoder(new ConvAutoencoder.Options(size, code, features, hidden), parameters)
                : new RecurrentAutoencoder(new RecurrentAutoencoder.Options(size, code, hidden), parameters);
    }

    /** These options as JSON, by the names of the components. */
    public ObjectNode toJson() {
        return JSON.valueToTree(this);
    }

    /**
     * The options that a checkpoint was made with.
     *
     * @param file the checkpoint's name, for messages
     * @throws ModelFileException if it does not say, or says what cannot be
     */
    public static AutoencoderOptions of(String file, ModelFile checkpoint) {
        try {
            return JSON.treeToValue(Training.configurationOf(file, checkpoint), AutoencoderOptions.class);
        } catch (JsonProcessingException e) {
            String reason = e.getCause() instanceof IllegalArgumentException range
                    ? String.valueOf(range.getMessage())
                    : e.getOriginalMessage();
            throw new ModelFileException(file + " is damaged: its training options cannot be read (" + reason + ")", e);
        }
    }
}
