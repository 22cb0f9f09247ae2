package io.github.unrolled.app;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every verb of every application. */
final class CommonOptions {
    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "All randomness follows from it (default: ${DEFAULT-VALUE}).",
            order = 90)
    long seed = 1;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads that compute (default: one for each processor).",
            order = 91)
    int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--quiet", description = "Only results and errors: no progress, no remarks.", order = 92)
    boolean quiet;

    @Option(names = "--verbose", description = "When something fails, show where in the program.", order = 93)
    boolean verbose;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Also write the result as one JSON object.",
            order = 94)
    @Nullable
    Path json;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Take option values from a YAML or JSON file; the command line wins.",
            order = 95)
    @Nullable
    Path config;

    /** What picocli does not check. */
    void check() {
        if (threads < 1) {
            throw new UsageException("--threads is " + threads + ", expected 1 or more");
        }
    }
}
