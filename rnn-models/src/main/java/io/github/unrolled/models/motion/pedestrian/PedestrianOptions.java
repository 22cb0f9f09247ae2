package io.github.unrolled.models.motion.pedestrian;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.unrolled.model.ModelFile;
import io.github.unrolled.model.ModelFileException;
import io.github.unrolled.models.motion.pedestrian.PedestrianConfig.CellType;
import io.github.unrolled.train.Training;

/**
 * What a model of walkers is and how it learns; {@link io.github.unrolled.train.Recipe} has the rest of a training's options.
 *
 * @param cell lstm or gru
 * @param hidden features of the state
 * @param modes how many futures are decoded side by side
 * @param socialRadius metres within which walkers see each other; 0 for nobody
 * @param trust part of what the network adds to constant velocity that a forecast keeps
 * @param fitTrust whether {@code trust} is found after the training instead, see {@link TrustFit}
 * @param batch walkers of a batch
 * @param scaling windows are scaled by a factor between 1 / scaling and scaling
 * @param noiseMetres deviation of the noise on observed positions
 * @param windowWeight of the sample that is best for a whole window, beside 1 for each walker's own best
 * @param firstWeight of the first sample, the single prediction
 */
public record PedestrianOptions(
        String cell,
        int hidden,
        int modes,
        double socialRadius,
        double trust,
        boolean fitTrust,
        int batch,
        double scaling,
        double noiseMetres,
        double windowWeight,
        double firstWeight) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Checks the ranges: what a checkpoint says arrives here as well. */
    public PedestrianOptions {
        config(cell, hidden, modes, socialRadius, trust, 8, 12);
        if (batch < 1) {
            throw new IllegalArgumentException("batch is " + batch + ", expected 1 or more");
        }
        if (fitTrust && (modes != 1 || trust != 1)) {
            throw new IllegalArgumentException(
                    "trust is fitted for one future and from 1 on, not for modes " + modes + " and trust " + trust);
        }
        new Augmentation(scaling, noiseMetres);
        PedestrianObjective.Weights.of(windowWeight, firstWeight);
    }

    /** The same for a network whose trust is not fitted. */
    PedestrianOptions withoutFit() {
        return new PedestrianOptions(
                cell,
                hidden,
                modes,
                socialRadius,
                trust,
                false,
                batch,
                scaling,
                noiseMetres,
                windowWeight,
                firstWeight);
    }

    private static PedestrianConfig config(
            String cell, int hidden, int modes, double socialRadius, double trust, int observed, int predicted) {
        return new PedestrianConfig(CellType.of(cell), hidden, modes, socialRadius, trust, observed, predicted);
    }

    PedestrianConfig config(int observed, int predicted) {
        return config(cell, hidden, modes, socialRadius, trust, observed, predicted);
    }

    Augmentation augmentation() {
        return new Augmentation(scaling, noiseMetres);
    }

    PedestrianObjective.Weights loss() {
        return PedestrianObjective.Weights.of(windowWeight, firstWeight);
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
    public static PedestrianOptions of(String file, ModelFile checkpoint) {
        try {
            return JSON.treeToValue(Training.configurationOf(file, checkpoint), PedestrianOptions.class);
        } catch (JsonProcessingException e) {
            String reason = e.getCause() instanceof IllegalArgumentException range
                    ? String.valueOf(range.getMessage())
                    : e.getOriginalMessage();
            throw new ModelFileException(file + " is damaged: its training options cannot be read (" + reason + ")", e);
        }
    }
}
