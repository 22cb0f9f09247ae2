package io.github.unrolled.train;

/** Hears what a trainer does, on the trainer's thread. */
public interface TrainingListener {
    /**
     * A step was done.
     *
     * @param step counted from 1
     * @param loss mean over the batch, before the update
     * @param rate learning rate that was used
     * @param gradientNorm global norm before clipping
     * @param unitsPerSecond tokens, samples or frames a second, lately
     * @param progress of the run, in [0, 1]
     * @param seconds of training so far
     */
    record StepReport(
            long step,
            double loss,
            double rate,
            double gradientNorm,
            double unitsPerSecond,
            double progress,
            double seconds) {}

    /**
     * The model was evaluated.
     *
     * @param step after which
     * @param loss validation loss
     * @param best whether it is the lowest so far
     */
    record EvaluationReport(long step, double loss, boolean best) {}

    /** After every step. */
    default void onStep(StepReport report) {}

    /** After every evaluation. */
    default void onEvaluation(EvaluationReport report) {}

    /** Hears nothing. */
    static TrainingListener none() {
        return new TrainingListener() {};
    }
}
