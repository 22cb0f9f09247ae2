package io.github.unrolled.app.console;

import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The two streams of a command and what may be done with them. Results go to {@code out}; progress and errors go to
 * {@code err}, so that a result can be piped.
 *
 * @param out for results
 * @param err for progress, remarks and errors
 * @param terminal whether a person looks at it, so that bars may be drawn
 * @param colour whether escape sequences may be written
 * @param quiet whether progress and remarks are left out
 * @param interruption the request to stop
 */
public record Console(
        PrintStream out, PrintStream err, boolean terminal, boolean colour, boolean quiet, Interruption interruption) {

    /** The streams of this process: colour only on a terminal and without {@code NO_COLOR}. */
    public static Console system() {
        boolean terminal = isTerminal();
        String noColor = System.getenv("NO_COLOR");
        boolean colour = terminal && (noColor == null || noColor.isEmpty()) && !"dumb".equals(System.getenv("TERM"));
        return new Console(utf8(System.out), utf8(System.err), terminal, colour, false, new Interruption());
    }

    /** A console on any two streams, without colour and bars; for tests and for embedding. */
    public static Console of(PrintStream out, PrintStream err) {
        return new Console(out, err, false, false, false, new Interruption());
    }

    /** The same console, saying only what was asked for. */
    public Console quiet(boolean quiet) {
        return new Console(out, err, terminal, colour, quiet, interruption);
    }

    /** Prints a remark for whoever watches, to {@code err}; nothing when quiet. */
    public void remark(String line) {
        if (!quiet) {
            err.println(line);
            err.flush();
        }
    }

    /** The text in bold where colour is allowed. */
    public String bold(String text) {
        return styled("1", text);
    }

    /** The text in grey where colour is allowed. */
    public String faint(String text) {
        return styled("2", text);
    }

    /** The text in red where colour is allowed. */
    public String red(String text) {
        return styled("31", text);
    }

    private String styled(String code, String text) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    /** Null without a terminal before Java 22; from then on there always is one, which says itself what it is. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        java.io.Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }

    /** Java 17 takes the encoding from the locale, which is often unset in containers; terminals expect UTF-8. */
    private static PrintStream utf8(PrintStream stream) {
        boolean windows =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
        return windows ? stream : new PrintStream(stream, true, StandardCharsets.UTF_8);
    }
}
