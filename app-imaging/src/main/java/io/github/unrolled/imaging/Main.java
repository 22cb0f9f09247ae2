package io.github.unrolled.imaging;

import io.github.unrolled.app.Application;
import io.github.unrolled.app.ZooVerb;

/** The command line of imaging. */
public final class Main {
    private Main() {}

    /** Runs a verb and ends the process with its exit code. */
    public static void main(String[] args) {
        application().runAndExit(args);
    }

    static Application application() {
        return new Application(
                "imaging",
                "Enlarges pictures, takes noise away, and squeezes small ones into a few numbers.",
                new DemoVerb(),
                new TrainVerb(),
                new EvaluateVerb(),
                new PredictVerb(),
                new ZooVerb("imaging"));
    }
}
