package io.github.unrolled.benchmarks;

import io.github.unrolled.app.Application;

/** The command line of the benchmarks. */
public final class Main {
    private Main() {}

    /** Measures, and ends the process with the exit code. */
    public static void main(String[] args) {
        application().runAndExit(args);
    }

    static Application application() {
        return new Application(
                        "benchmarks",
                        "Speed beside libtorch and stock Deeplearning4j, on this machine.",
                        new CompareVerb(),
                        new ScalingVerb())
                .withDefault("compare");
    }
}
