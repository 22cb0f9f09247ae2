package io.github.unrolled.benchmarks;

import java.util.Map;

/** Who is measured. Each runs in a process of its own, so that neither threads nor native libraries meet. */
enum Peer {
    /** This library. */
    OURS("ours"),
    /** libtorch, with its matrix library kept to one thread: several times faster than without. */
    LIBTORCH("libtorch"),
    /** Deeplearning4j as it comes. */
    DL4J("dl4j"),
    /** Deeplearning4j without the threads that get in each other's way. */
    DL4J_TUNED("dl4j-tuned");

    private final String label;

    Peer(String label) {
        this.label = label;
    }

    /** As in the results. */
    String label() {
        return label;
    }

    /** What its process finds in its environment. */
    Map<String, String> environment() {
        return switch (this) {
            case OURS, DL4J -> Map.of();
            case LIBTORCH -> Map.of("OPENBLAS_NUM_THREADS", "1");
            case DL4J_TUNED -> Map.of("OMP_NUM_THREADS", "1", "OPENBLAS_NUM_THREADS", "1");
        };
    }

    /** Its implementation of a task; what it cannot do throws. */
    Subject make(Task task) {
        return switch (this) {
            case OURS -> {
                if (task instanceof SequenceTask sequence) {
                    yield OurSubjects.make(sequence);
                }
                yield task instanceof ForecastTask forecast
                        ? OurSubjects.make(forecast)
                        : OurConvolution.make((ImageTask) task);
            }
            case LIBTORCH -> {
                if (task instanceof SequenceTask sequence) {
                    yield LibtorchSubjects.make(sequence);
                }
                yield task instanceof ForecastTask forecast
                        ? LibtorchForecaster.make(forecast)
                        : LibtorchConvolution.make((ImageTask) task);
            }
            case DL4J, DL4J_TUNED -> {
                if (task instanceof SequenceTask sequence) {
                    yield Dl4jSubject.make(sequence);
                }
                yield Dl4jConvolution.make((ImageTask) task);
            }
        };
    }
}
