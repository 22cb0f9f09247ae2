package io.github.unrolled.benchmarks;

/** Somebody's implementation of a task, ready to run in this process. Not closed: its process ends. */
interface Subject {
    /** Does one step: a training step, or one character. */
    void step();

    /** Makes the implementation of a task; what cannot be run throws. */
    @FunctionalInterface
    interface Maker {
        Subject make(Task task);
    }
}
