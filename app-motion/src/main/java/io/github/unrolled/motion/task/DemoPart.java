package io.github.unrolled.motion.task;

import io.github.unrolled.app.console.Console;
import io.github.unrolled.app.result.Result;
import io.github.unrolled.random.Seed;
import java.nio.file.Path;

/** A task's part of the demo. */
@FunctionalInterface
public interface DemoPart {
    /**
     * Predicts on embedded data with shipped weights, says what is seen, and leaves pictures.
     *
     * @param folder exists; where the pictures go
     * @return what was measured
     */
    Result run(Console console, Path folder, Seed seed) throws Exception;
}
