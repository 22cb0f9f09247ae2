package io.github.unrolled.models.imaging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.model.ModelFile;
import io.github.unrolled.model.ModelFileException;
import io.github.unrolled.nn.Parameters;
import io.github.unrolled.random.Seed;
import io.github.unrolled.train.Training;

/**
 * What restores and how its patches are cut; {@link io.github.unrolled.train.Recipe} has the rest of a training's options.
 *
 * @param task {@code upscale} or {@code denoise}
 * @param scale of upscaling, 2 to 4; 1 for denoising
 * @param channels of denoising, 1 for grey or 3 for colour; 1 for upscaling
 * @param features of a place inside the network
 * @param depth convolutions of the recursive trunk, or residual blocks inside the denoiser
 * @param repeats recursions, or residual blocks on either side of the denoiser
 * @param patch rows and columns of an input patch
 * @param batch patches of a step
 * @param heldOut about how many pictures validate
 */
public record RestorationOptions(
        String task, int scale, int channels, int features, int depth, int repeats, int patch, int batch, int heldOut) {
    /** The task of {@link Upscaler}. */
    public static final String UPSCALE = "upscale";

    /** The task of {@link Denoiser}. */
    public static final String DENOISE = "denoise";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Checks the ranges: what a checkpoint says arrives here as well. */
    public RestorationOptions {
        if (!task.equals(UPSCALE) && !task.equals(DENOISE)) {
            throw new IllegalArgumentException("task is " + task + ", expected upscale or denoise");
        }
        boolean upscale = task.equals(UPSCALE);
        Sizes.require("scale", scale, upscale ? 2 : 1, upscale ? 4 : 1);
        if (channels != 1 && (upscale || channels != 3)) {
            throw new IllegalArgumentException("channels is " + channels + ", expected " + (upscale ? "1" : "1 or 3"));
        }
        Sizes.require("features", features, 1, 1024);
        Sizes.require("depth", depth, 1, 64);
        Sizes.require("repeats", repeats, upscale ? 1 : 0, 64);
        Sizes.require("patch", patch, 8, 1024);
        Sizes.require("batch", batch, 1, 4096);
        Sizes.require("heldOut", heldOut, 1, 1000);
        if (!upscale && patch % 4 != 0) {
            throw new IllegalArgumentException("patch is " + patch + ", expected a multiple of 4");
        }
    }

    /**
     * Recursive upscaling as it is shipped. Patches are large beside the 14 pixels that the network reaches, since what lies
     * beyond their edges is missing.
     */
    public static RestorationOptions upscale(int scale) {
        return new RestorationOptions(UPSCALE, scale, 1, 32, 3, 4, scale == 2 ? 48 : 40, 4, 10);
    }

    /** Blind denoising as it is shipped. */
    public static RestorationOptions denoise(int channels) {
        return new RestorationOptions(DENOISE, 1, channels, 32, 4, 1, 64, 8, 10);
    }

    /** A network with its initial values. */
    public Restorer create(Parameters parameters) {
        return task.equals(UPSCALE)
                ? new Upscaler(new Upscaler.Options(scale, features, depth, repeats), parameters)
                : new Denoiser(new Denoiser.Options(channels, features, repeats, depth), parameters);
    }

    /** A network with the initial values of a seed. */
    Restorer create(Backend backend, Seed seed) {
        return create(new Parameters(backend, seed));
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
    public static RestorationOptions of(String file, ModelFile checkpoint) {
        try {
            return JSON.treeToValue(Training.configurationOf(file, checkpoint), RestorationOptions.class);
        } catch (JsonProcessingException e) {
            String reason = e.getCause() instanceof IllegalArgumentException range
                    ? String.valueOf(range.getMessage())
                    : e.getOriginalMessage();
            throw new ModelFileException(file + " is damaged: its training options cannot be read (" + reason + ")", e);
        }
    }
}
