package io.github.unrolled.models.motion.skeleton;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.unrolled.model.ModelFile;
import io.github.unrolled.model.ModelFileException;
import io.github.unrolled.train.Training;

/**
 * What a predictor of skeletons is and what it learns from; {@link io.github.unrolled.train.Recipe} has the rest of a
 * training's options.
 *
 * @param network {@code spectral-gru} or {@code residual-gru}
 * @param recurrent features of the recurrent state
 * @param hidden features of the refined code
 * @param refinements how often the code is refined
 * @param coefficients frequencies of a predicted curve
 * @param dropout probability of dropping a feature
 * @param seen frames that are read
 * @param predicted frames that are predicted
 * @param batch windows of a batch
 * @param reflect whether windows are reflected at random
 */
public record SkeletonOptions(
        String network,
        int recurrent,
        int hidden,
        int refinements,
        int coefficients,
        double dropout,
        int seen,
        int predicted,
        int batch,
        boolean reflect) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Checks the ranges: what a checkpoint says arrives here as well. */
    public SkeletonOptions {
        checked(network, recurrent, hidden, refinements, coefficients, dropout, seen, predicted);
        if (batch < 1) {
            throw new IllegalArgumentException("batch is " + batch + ", expected 1 or more");
        }
    }

    private static SkeletonConfig checked(
            String network,
            int recurrent,
            int hidden,
            int refinements,
            int coefficients,
            double dropout,
            int seen,
            int predicted) {
        return new SkeletonConfig(network, seen, predicted, recurrent, hidden, refinements, coefficients, dropout);
    }

    /** The sizes that measured best on held-out training files of CMU. */
    public static SkeletonOptions spectralGru() {
        return new SkeletonOptions(SkeletonConfig.SPECTRAL_GRU, 256, 512, 4, 10, 0.15, 10, 25, 64, true);
    }

    /** The network of Martinez et al. (2017), on the same frames. */
    public static SkeletonOptions residualGru() {
        return new SkeletonOptions(SkeletonConfig.RESIDUAL_GRU, 512, 1, 0, 1, 0, 10, 25, 64, true);
    }

    /** The architecture. */
    SkeletonConfig config() {
        return checked(network, recurrent, hidden, refinements, coefficients, dropout, seen, predicted);
    }

    /** These options as JSON, by the names of the components. */
    public ObjectNode toJson() {
        return JSON.valueToTree(this);
    }

    /**
     * The options that a checkpoint was made with.
     *
     * @param file the checkpoint's name, for messages
     * @throws ModelFileException if it does not say, or says what cannot be; before anything of that size is allocated
     */
    public static SkeletonOptions of(String file, ModelFile checkpoint) {
        ObjectNode json = Training.configurationOf(file, checkpoint);
        try {
            return JSON.treeToValue(json, SkeletonOptions.class);
        } catch (JsonProcessingException e) {
            String reason = e.getCause() instanceof IllegalArgumentException range
                    ? String.valueOf(range.getMessage())
                    : e.getOriginalMessage();
            throw new ModelFileException(file + " is damaged: its training options cannot be read (" + reason + ")", e);
        }
    }
}
