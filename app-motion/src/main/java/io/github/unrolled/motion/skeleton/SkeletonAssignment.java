package io.github.unrolled.motion.skeleton;

import io.github.unrolled.app.train.Assignment;
import io.github.unrolled.app.train.TrainingSession;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.models.motion.skeleton.PoseBatch;
import io.github.unrolled.models.motion.skeleton.SkeletonData;
import io.github.unrolled.models.motion.skeleton.SkeletonOptions;
import io.github.unrolled.models.motion.skeleton.SkeletonTask;
import io.github.unrolled.train.Recipe;
import java.util.List;
import java.util.Locale;

/** A predictor of skeletons to be trained on motions. */
record SkeletonAssignment(SkeletonOptions options, SkeletonData motions)
        implements Assignment<PoseBatch, SkeletonTask> {
    @Override
    public String data() {
        return motions.name();
    }

    @Override
    public String sha256() {
        return motions.sha256();
    }

    @Override
    public TrainingSession.Words words() {
        return new TrainingSession.Words("Training on " + motions.name(), "Euler error in radians", "windows/s", "rad");
    }

    @Override
    public SkeletonTask task(Backend backend, Recipe recipe) {
        return new SkeletonTask(backend, options, recipe, motions);
    }

    @Override
    public List<String> describe(SkeletonTask task, Backend backend) {
        boolean heldOut = !motions.validation().equals(motions.train());
        return List.of(
                String.format(
                        Locale.ROOT,
                        "%s: %d motions train, %s; standing still has an error of %.4f rad",
                        motions.name(),
                        motions.train().size(),
                        heldOut
                                ? motions.validation().size() + " validate"
                                : "none is held out, so the validation is on what was learned",
                        task.standingStill()),
                String.format(
                        Locale.ROOT,
                        "%s, %d frames of %.1f ms seen, %d predicted, %,d parameters; engine %s, %d workers of 1 thread",
                        options.network(),
                        options.seen(),
                        1000 * motions.frameSeconds(),
                        options.predicted(),
                        task.model().parameterCount(),
                        backend.name(),
                        task.workers()));
    }
}
