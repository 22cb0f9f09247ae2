package io.github.unrolled.models.motion.skeleton;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.motion.cmu.CmuProtocol;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.model.ModelFile;
import io.github.unrolled.nn.Parameters;
import io.github.unrolled.random.Seed;
import io.github.unrolled.train.BatchSource;
import io.github.unrolled.train.Objective;
import io.github.unrolled.train.Recipe;
import io.github.unrolled.train.Task;
import io.github.unrolled.train.Workers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A predictor of skeletons that learns motions, validated by the published error on those that are held out. */
public final class SkeletonTask implements Task<PoseBatch> {
    /** Frames between two windows of a validation. */
    private static final int VALIDATION_STEP = 4;

    /** Windows of a group that a validation looks at, at most: evenly chosen. */
    private static final int VALIDATION_WINDOWS = 60;

    private final SkeletonOptions options;
    private final SkeletonData data;
    private final SkeletonModel model;
    private final PoseObjective objective;
    private final PoseSource source;
    private final int workers;
    private final Map<String, List<float[][]>> validation = new LinkedHashMap<>();

    /**
     * Makes the model with its initial values.
     *
     * @throws DataException if no motion is as long as a window
     */
    public SkeletonTask(Backend backend, SkeletonOptions options, Recipe recipe, SkeletonData data) {
        this.options = options;
        this.data = data;
        Seed seed = new Seed(recipe.seed());
        PoseLayout layout = PoseLayout.of(data.skeleton(), data.train());
        int frames = options.seen() + options.predicted();
        this.source = new PoseSource(
                data.train(),
                frames,
                options.batch(),
                options.reflect() ? layout.mirror() : Optional.empty(),
                seed.split("windows"));
        this.model = new SkeletonModel(
                options.config(), layout, data.frameSeconds(), new Parameters(backend, seed.split("init")));
        this.objective = new PoseObjective(model);
        this.workers = Math.min(recipe.workers(), options.batch());
        for (PoseClip clip : data.validation()) {
            List<float[][]> windows = validation.computeIfAbsent(clip.group(), group -> new ArrayList<>());
            for (int start = 0; start < clip.starts(frames); start += VALIDATION_STEP * clip.stride()) {
                windows.add(clip.window(start, frames));
            }
        }
        validation.values().removeIf(List::isEmpty);
        validation.replaceAll((group, windows) -> thinned(windows));
    }

    private static List<float[][]> thinned(List<float[][]> windows) {
        if (windows.size() <= VALIDATION_WINDOWS) {
            return windows;
        }
        List<float[][]> kept = new ArrayList<>(VALIDATION_WINDOWS);
        for (int i = 0; i < VALIDATION_WINDOWS; i++) {
            kept.add(windows.get(i * windows.size() / VALIDATION_WINDOWS));
        }
        return kept;
    }

    @Override
    public SkeletonModel model() {
        return model;
    }

    @Override
    public Objective<PoseBatch> objective() {
        return objective;
    }

    @Override
    public BatchSource<PoseBatch> source() {
        return source;
    }

    @Override
    public int workers() {
        return workers;
    }

    @Override
    public double validate(Workers threads) {
        // One thread: a validation is a few hundred windows.
        List<Double> errors = threads.runAll(worker -> {
            if (worker.index() > 0) {
                return 0.0;
            }
            try (Tape tape = Tape.inference(worker.engine())) {
                return validationError(tape);
            }
        });
        return errors.get(0);
    }

    /** The mean over groups, horizons and windows. */
    private double validationError(Tape tape) {
        double sum = 0;
        for (List<float[][]> windows : validation.values()) {
            List<float[][]> predicted = model.predict(tape, windows);
            sum += error(windows, predicted);
        }
        return sum / validation.size();
    }

    /** The same of the baseline that stands still. */
    public double standingStill() {
        double sum = 0;
        for (List<float[][]> windows : validation.values()) {
            sum += error(windows, SkeletonEvaluation.zeroVelocity(windows, options.seen(), options.predicted()));
        }
        return sum / validation.size();
    }

    private double error(List<float[][]> windows, List<float[][]> predicted) {
        double sum = 0;
        for (double error : SkeletonEvaluation.errors(windows, predicted, options.seen())) {
            sum += error;
        }
        return sum / CmuProtocol.HORIZONS.size();
    }

    @Override
    public ObjectNode description() {
        return SavedSkeleton.describe(model);
    }

    @Override
    public ObjectNode configuration() {
        return options.toJson();
    }

    @Override
    public ObjectNode data() {
        return ModelFile.newDescription()
                .put("name", data.name())
                .put("sha256", data.sha256())
                .put("clips", data.train().size());
    }

    @Override
    public Measurement measure(Backend backend) {
        try (Engine engine = backend.newEngine(1);
                Tape tape = Tape.inference(engine)) {
            return new Measurement(
                    validationError(tape),
                    "rad",
                    "Euler error, mean of six horizons and all groups, on "
                            + (data.validation().equals(data.train()) ? "the training motions" : "held-out motions"));
        }
    }

    @Override
    public void close() {
        model.close();
    }
}
