package io.github.unrolled.motion.skeleton;

import io.github.unrolled.app.Verb;
import io.github.unrolled.motion.task.DemoPart;
import io.github.unrolled.motion.task.MotionTask;
import java.util.List;

/** Skeletons: what a body does in the next moments. */
public final class SkeletonMotion implements MotionTask {
    static final String NAME = "skeleton";

    /** Trained on the training files of CMU alone: the one to be measured. */
    static final String MEASURED_MODEL = "motion/skeleton-cmu";

    /** The network of Martinez et al. on the same files. */
    static final String RESIDUAL_MODEL = "motion/skeleton-residual-gru";

    /** Trained on the test files too: the one to be used. */
    static final String CMU_MODEL = "motion/skeleton-all";

    /** Trained on made-up gaits. */
    static final String GAIT_MODEL = "motion/skeleton-gaits";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> endings() {
        return List.of(".bvh");
    }

    @Override
    public List<Verb> verbs() {
        return List.of(new TrainVerb(), new EvaluateVerb(), new PredictVerb());
    }

    @Override
    public DemoPart demo() {
        return new SkeletonDemo();
    }
}
