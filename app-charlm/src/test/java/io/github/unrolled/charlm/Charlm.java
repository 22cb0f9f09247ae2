package io.github.unrolled.charlm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unrolled.app.console.Console;
import io.github.unrolled.random.Seed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A call of the command line in this process, and what it printed.
 *
 * @param code the exit code
 * @param out standard output
 * @param err standard error
 */
record Charlm(int code, String out, String err) {
    /** A training that takes a second. */
    static final List<String> TINY =
            List.of("--hidden", "8", "--layers", "1", "--batch", "2", "--window", "8", "--evaluate-every", "10");

    static Charlm run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = Console.of(
                new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
        int code = Main.application().run(console, arguments);
        return new Charlm(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Trains the tiny network and expects that it works. */
    static Charlm train(Path text, Path folder, int steps, String... more) {
        List<String> line = new java.util.ArrayList<>(List.of("train", "--data", text.toString(), "--out"));
        line.add(folder.toString());
        line.addAll(TINY);
        line.addAll(List.of("--steps", Integer.toString(steps)));
        line.addAll(List.of(more));
        Charlm called = run(line.toArray(String[]::new));
        assertThat(called.code()).as(called.err()).isZero();
        return called;
    }

    /** Words drawn at random: nothing to learn but spelling. */
    static Path text(Path file, int words) throws IOException {
        List<String> vocabulary = List.of("over", "the", "hill", "a", "wren", "sings", "and", "is", "heard");
        RandomGenerator random = new Seed(5).generator();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words; i++) {
            text.append(vocabulary.get(random.nextInt(vocabulary.size())));
            text.append(random.nextInt(8) == 0 ? '\n' : ' ');
        }
        return Files.writeString(file, text);
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
