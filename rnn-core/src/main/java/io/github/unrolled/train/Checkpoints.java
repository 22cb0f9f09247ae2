package io.github.unrolled.train;

/** Where a trainer's checkpoints go. Each call must replace the former file as a whole or not at all. */
public interface Checkpoints {
    /** Saves all that is needed to go on: parameters, optimiser, position in the data, random streams. */
    void saveLast(Snapshot snapshot);

    /** Saves the parameters as they are now: the best so far, averaged where averaging is on. */
    void saveBest(long step, double validationLoss);

    /** Keeps nothing. */
    static Checkpoints none() {
        return new Checkpoints() {
            @Override
            public void saveLast(Snapshot snapshot) {}

            @Override
            public void saveBest(long step, double validationLoss) {}
        };
    }
}
