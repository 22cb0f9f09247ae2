package io.github.unrolled.motion.pedestrian;

import io.github.unrolled.app.Verb;
import io.github.unrolled.motion.task.DemoPart;
import io.github.unrolled.motion.task.MotionTask;
import java.util.List;

/** Walkers: where they will be in the next seconds. */
public final class PedestrianMotion implements MotionTask {
    /** The model that predicts where none is named: trained on all scenes, so that it must not be measured on them. */
    static final String DEFAULT_MODEL = "motion/pedestrian-all";

    static final String NAME = "pedestrian";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> endings() {
        return List.of();
    }

    @Override
    public List<Verb> verbs() {
        return List.of(new TrainVerb(), new EvaluateVerb(), new PredictVerb());
    }

    @Override
    public DemoPart demo() {
        return new PedestrianDemo();
    }
}
