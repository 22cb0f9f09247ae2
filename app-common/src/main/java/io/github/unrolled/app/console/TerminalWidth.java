package io.github.unrolled.app.console;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;

/** How wide the terminal is: Java does not know, the system's {@code stty} does in a few milliseconds. */
final class TerminalWidth {
    private static final int USUAL = 80;

    private TerminalWidth() {}

    /** Columns of the terminal of this process; 80 where nobody says. */
    static int columns() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(Redirect.DISCARD)
                    .start();
            String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            return columns(size);
        } catch (IOException e) {
            return USUAL;
        }
    }

    /** Columns from "rows columns". */
    static int columns(String size) {
        return size.matches("\\d{1,5} [1-9]\\d{1,4}") ? Integer.parseInt(size.substring(size.indexOf(' ') + 1)) : USUAL;
    }
}
