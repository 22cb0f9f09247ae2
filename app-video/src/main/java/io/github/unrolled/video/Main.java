package io.github.unrolled.video;

import io.github.unrolled.app.Application;
import io.github.unrolled.app.ZooVerb;

/** The command line of video. */
public final class Main {
    private Main() {}

    /** Runs a verb and ends the process with its exit code. */
    public static void main(String[] args) {
        application().runAndExit(args);
    }

    static Application application() {
        return new Application(
                "video",
                "Labels every frame of a video, or the whole, with a network that remembers what it saw.",
                new TrainVerb(),
                new EvaluateVerb(),
                new ZooVerb("video"));
    }
}
