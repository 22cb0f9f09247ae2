package io.github.unrolled.benchmarks;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A piece of work that every peer does alike. */
sealed interface Task permits SequenceTask, ForecastTask, ImageTask {
    /** Of every training. */
    double LEARNING_RATE = 0.001;

    /** As in the results. */
    String name();

    /** Floating-point operations of the matrix products in one step. */
    double operations();

    /** All tasks, in the order of the table. */
    static List<Task> all() {
        return Stream.<List<? extends Task>>of(SequenceTask.all(), List.of(ForecastTask.usual()), ImageTask.all())
                .<Task>flatMap(List::stream)
                .toList();
    }

    static Optional<Task> named(String name) {
        return all().stream().filter(task -> task.name().equals(name)).findFirst();
    }

    /**
     * A task of the table, or one on sequences of any size.
     *
     * @throws IllegalArgumentException if the name is neither
     */
    static Task parse(String name) {
        return SequenceTask.sized(name)
                .<Task>map(task -> task)
                .or(() -> named(name))
                .orElseThrow(() -> new IllegalArgumentException("no task " + name));
    }
}
