package io.github.unrolled.motion;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unrolled.app.console.Console;
import io.github.unrolled.datasets.motion.track.Scene;
import io.github.unrolled.datasets.motion.track.SocialForce;
import io.github.unrolled.datasets.motion.track.Track;
import io.github.unrolled.random.Seed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A call of the command line in this process, and what it printed.
 *
 * @param code the exit code
 * @param out standard output
 * @param err standard error
 */
record Motion(int code, String out, String err) {
    static Motion run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = Console.of(
                new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
        int code = Main.application(arguments).run(console, arguments);
        return new Motion(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Tracks of the simulator as a file. */
    static Path walkers(Path file, int steps, long seed) throws IOException {
        Scene scene = SocialForce.simulate(new SocialForce.Options(steps), new Seed(seed));
        StringBuilder text = new StringBuilder("frame,id,x,y\n");
        for (int step = 0; step < steps; step++) {
            for (Track track : scene.tracks()) {
                int age = step - track.first();
                if (age >= 0 && age < track.length()) {
                    text.append(String.format(
                            Locale.ROOT, "%d,%s,%.4f,%.4f%n", 10 * step, track.id(), track.x()[age], track.y()[age]));
                }
            }
        }
        return Files.writeString(file, text.toString());
    }

    /** A training that takes a second or two. */
    static Motion train(Path data, Path folder, String... more) {
        List<String> line = new ArrayList<>(
                List.of("train", "--task", "pedestrian", "--data", data.toString(), "--out", folder.toString()));
        line.addAll(List.of("--hidden", "8", "--modes", "3", "--batch", "16", "--steps", "4"));
        line.addAll(List.of(more));
        Motion called = run(line.toArray(String[]::new));
        assertThat(called.code()).as(called.err()).isZero();
        return called;
    }

    /** The one sentence on standard error, of a call that failed with this code and wrote no result. */
    String refused(int expectedCode) {
        assertThat(err)
                .as("standard error")
                .hasLineCount(1)
                .doesNotContain("\tat ", "Exception", "mistake in the program");
        assertThat(code).as(err).isEqualTo(expectedCode);
        assertThat(out).isEmpty();
        return err;
    }
}
