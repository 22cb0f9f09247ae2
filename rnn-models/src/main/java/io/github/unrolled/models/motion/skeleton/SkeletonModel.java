package io.github.unrolled.models.motion.skeleton;

import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.nn.Module;
import io.github.unrolled.nn.Parameters;
import java.util.ArrayList;
import java.util.List;

/** A network with the skeleton it is for: seen rows in, predicted rows out. */
public final class SkeletonModel implements Module {
    /** More windows are predicted one such number after the other, so that memory does not grow with them. */
    private static final int WINDOWS_AT_ONCE = 64;

    private final SkeletonConfig config;
    private final PoseLayout layout;
    private final double frameSeconds;
    private final PoseFeatures features;
    private final PosePredictor network;

    /**
     * Makes a model with initial values.
     *
     * @param frameSeconds between two frames, as it is trained and used
     */
    public SkeletonModel(SkeletonConfig config, PoseLayout layout, double frameSeconds, Parameters parameters) {
        if (!(frameSeconds > 0) || !Double.isFinite(frameSeconds)) {
            throw new IllegalArgumentException("frameSeconds is " + frameSeconds + ", expected more than 0");
        }
        this.config = config;
        this.layout = layout;
        this.frameSeconds = frameSeconds;
        this.features = new PoseFeatures(layout, config.seen(), config.predicted());
        this.network = config.network().equals(SkeletonConfig.SPECTRAL_GRU)
                ? new SpectralGru(config, layout, parameters)
                : new ResidualGru(config, layout, parameters);
    }

    /** The architecture. */
    public SkeletonConfig config() {
        return config;
    }

    /** Which numbers of a row the model works with. */
    public PoseLayout layout() {
        return layout;
    }

    /** Between two frames. */
    public double frameSeconds() {
        return frameSeconds;
    }

    PoseFeatures features() {
        return features;
    }

    Variable curves(Tape tape, List<float[][]> windows) {
        return network.predict(tape, windows);
    }

    /**
     * Predicts.
     *
     * @param tape for inference; begun anew
     * @param windows rows of seen frames; what comes after them is not looked at
     * @return for each window its predicted rows
     */
    public List<float[][]> predict(Tape tape, List<float[][]> windows) {
        List<float[][]> predicted = new ArrayList<>(windows.size());
        for (int from = 0; from < windows.size(); from += WINDOWS_AT_ONCE) {
            List<float[][]> part = windows.subList(from, Math.min(windows.size(), from + WINDOWS_AT_ONCE));
            tape.reset();
            float[] curves = curves(tape, part).value().toFloats();
            for (int i = 0; i < part.size(); i++) {
                predicted.add(features.rows(part.get(i), curves, i));
            }
        }
        return predicted;
    }

    @Override
    public List<Parameter> parameters() {
        return network.parameters();
    }
}
