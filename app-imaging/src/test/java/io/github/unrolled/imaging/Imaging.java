package io.github.unrolled.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unrolled.app.console.Console;
import io.github.unrolled.datasets.image.DeadLeaves;
import io.github.unrolled.datasets.image.ImageFile;
import io.github.unrolled.datasets.image.Picture;
import io.github.unrolled.datasets.image.Planes;
import io.github.unrolled.random.Seed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A call of the command line in this process, and what it printed.
 *
 * @param code the exit code
 * @param out standard output
 * @param err standard error
 */
record Imaging(int code, String out, String err) {
    static Imaging run(Object... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = Console.of(
                new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
        String[] line = new String[arguments.length];
        for (int i = 0; i < line.length; i++) {
            line[i] = arguments[i].toString();
        }
        int code = Main.application().run(console, line);
        return new Imaging(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Expects that the call worked. */
    Imaging worked() {
        assertThat(code).as(err).isZero();
        return this;
    }

    /** A picture that was made, as a file. */
    static Path picture(Path file, int height, int width, long seed) throws IOException {
        Planes planes = DeadLeaves.generate(height, width, new Seed(seed));
        try (Picture picture = Picture.of(planes)) {
            ImageFile.write(file, picture);
        }
        return file;
    }
}
