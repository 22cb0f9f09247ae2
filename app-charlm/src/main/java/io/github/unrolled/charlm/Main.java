package io.github.unrolled.charlm;

import io.github.unrolled.app.Application;
import io.github.unrolled.app.ZooVerb;

/** The command line of the character model. */
public final class Main {
    /** The model of the zoo that is meant where none is named. */
    static final String DEFAULT_MODEL = "charlm/shakespeare";

    private Main() {}

    /** Runs a verb and ends the process with its exit code. */
    public static void main(String[] args) {
        application().runAndExit(args);
    }

    static Application application() {
        return new Application(
                "charlm",
                "A character language model that trains on any text, measures itself and writes.",
                new DemoVerb(),
                new TrainVerb(),
                new EvaluateVerb(),
                new SampleVerb(),
                new ZooVerb("charlm"),
                new ConvertVerb());
    }
}
