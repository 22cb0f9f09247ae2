package io.github.unrolled.video;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unrolled.app.console.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * A call of the command line in this process, and what it printed.
 *
 * @param code the exit code
 * @param out standard output
 * @param err standard error
 */
record Call(int code, String out, String err) {
    static Call of(Object... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = Console.of(
                new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
        String[] line = new String[arguments.length];
        for (int i = 0; i < line.length; i++) {
            line[i] = arguments[i].toString();
        }
        int code = Main.application().run(console, line);
        return new Call(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Expects that the call worked. */
    Call worked() {
        assertThat(code).as(err).isZero();
        return this;
    }

    /** Expects one line on standard error, with these words, and an exit code. */
    void failed(int expected, String... words) {
        assertThat(code).as(err).isEqualTo(expected);
        assertThat(err.strip().lines().reduce((first, last) -> last).orElse("")).contains(words);
        assertThat(err).doesNotContain("\tat ");
    }
}
