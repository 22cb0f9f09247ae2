package io.github.unrolled.video;

import io.github.unrolled.app.Application;
import io.github.unrolled.app.ZooVerb;
import java.util.List;

/** The command line of video. */
public final class Main {
    private Main() {}

    /** Runs a verb and ends the process with its exit code. */
    public static void main(String[] args) {
        if (List.of(args).contains("--show") && System.getProperty("java.awt.headless") == null) {
            // Everything else draws into files. Without a display Java itself says that there is none.
            boolean isUnix = java.io.File.separatorChar == '/';
            boolean isMac = System.getProperty("os.name", "").contains("Mac");
            System.setProperty(
                    "java.awt.headless", Boolean.toString(isUnix && !isMac && System.getenv("DISPLAY") == null));
        }
        application().runAndExit(args);
    }

    static Application application() {
        return new Application(
                "video",
                "Labels every frame of a video, or the whole, with a network that remembers what it saw.",
                new DemoVerb(),
                new TrainVerb(),
                new EvaluateVerb(),
                new PredictVerb(),
                new PrepareVerb(),
                new ZooVerb("video"));
    }
}
