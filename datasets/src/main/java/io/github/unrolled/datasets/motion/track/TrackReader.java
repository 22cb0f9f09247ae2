package io.github.unrolled.datasets.motion.track;

import io.github.unrolled.datasets.DataException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

/**
 * Reads tracks from text: lines of {@code frame, id, x, y} with tabs, commas, semicolons or blanks between, in the order
 * of time, coordinates in metres. The files of the ETH and UCY scenes are such files. A first line of names (such as
 * {@code frame,id,x,y}) is skipped, so are empty lines and lines that begin with {@code #}.
 */
public final class TrackReader {
    /** The ETH and UCY scenes: 2.5 positions a second, as published. */
    public static final double ETH_UCY_STEP_SECONDS = 0.4;

    /** Faster than anybody runs: such a step is a mistake of tracking. */
    private static final double FASTEST_METRES_PER_SECOND = 12.5;

    private static final int COLUMNS = 4;

    private final double stepSeconds;

    /**
     * A reader.
     *
     * @param stepSeconds the time between consecutive positions of a walker
     */
    public TrackReader(double stepSeconds) {
        if (!(stepSeconds > 0 && stepSeconds < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a step of " + stepSeconds + " seconds; more than 0 is expected");
        }
        this.stepSeconds = stepSeconds;
    }

    /**
     * Reads a file.
     *
     * @throws DataException naming file and line: a line of another form, something that is no finite number, a frame that
     *     is earlier than the line before, a walker twice in a frame, a walker missing between two frames, a step that
     *     nobody can run; or naming the file, if it has no position at all
     */
    public Scene read(Path file) throws IOException {
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            return read(file.toString(), reader);
        }
    }

    /** As {@link #read(Path)}, from a stream of UTF-8 that the caller closes. */
    public Scene read(String name, java.io.InputStream in) throws IOException {
        return read(name, new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
    }

    private Scene read(String name, Reader reader) throws IOException {
        BufferedReader lines = new BufferedReader(reader);
        SceneBuilder builder = new SceneBuilder(name, stepSeconds, FASTEST_METRES_PER_SECOND);
        int number = 0;
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                String text = line.strip();
                boolean nothing = text.isEmpty() || text.startsWith("#");
                if (!nothing && !(builder.isEmpty() && isHeader(text))) {
                    add(builder, name, number, text);
                }
            }
        } catch (CharacterCodingException e) {
            throw new DataException(
                    name + " is no text in UTF-8 after line " + number + "; expected lines of frame, id, x, y", e);
        }
        return builder.build();
    }

    /** Only names of columns have a letter in the place of the frame number. */
    private static boolean isHeader(String text) {
        return Character.isLetter(text.charAt(text.startsWith("\uFEFF") && text.length() > 1 ? 1 : 0))
                && !text.toLowerCase(Locale.ROOT).startsWith("nan")
                && !text.toLowerCase(Locale.ROOT).startsWith("inf");
    }

    private static void add(SceneBuilder builder, String name, int line, String text) {
        String[] cells = text.split(separator(text), -1);
        if (cells.length != COLUMNS) {
            throw new DataException(
                    name + ", line " + line + ": " + cells.length + " columns, expected 4: frame, id, x, y");
        }
        double frame = number(name, line, "frame", cells[0]);
        if (frame != Math.rint(frame) || Math.abs(frame) > 1e15) {
            throw new DataException(
                    name + ", line " + line + ": the frame is " + cells[0].strip() + ", expected a whole number");
        }
        String id = cells[1].strip().replaceFirst("^(\\d+)\\.0+$", "$1");
        if (id.isEmpty()) {
            throw new DataException(name + ", line " + line + ": the walker has no id");
        }
        builder.add(line, (long) frame, id, number(name, line, "x", cells[2]), number(name, line, "y", cells[3]));
    }

    private static String separator(String text) {
        if (text.indexOf('\t') >= 0) {
            return "\t";
        }
        if (text.indexOf(',') >= 0) {
            return ",";
        }
        return text.indexOf(';') >= 0 ? ";" : "\\s+";
    }

    private static double number(String name, int line, String column, String cell) {
        String text = Objects.requireNonNull(cell).strip();
        double value;
        try {
            value = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new DataException(
                    name + ", line " + line + ": " + column + " is '" + shortened(text) + "', expected a number", e);
        }
        if (!Double.isFinite(value)) {
            throw new DataException(name + ", line " + line + ": " + column + " is " + text
                    + ", expected a finite number; leave out positions that are not known");
        }
        return value;
    }

    private static String shortened(String text) {
        return text.length() <= 20 ? text : text.substring(0, 20) + "…";
    }
}
