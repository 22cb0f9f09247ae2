package io.github.unrolled.datasets.motion.cmu;

import io.github.unrolled.datasets.DataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads a file of exponential maps: one row of comma-separated numbers for each frame. */
public final class ExpmapReader {
    private ExpmapReader() {}

    /**
     * Reads a file.
     *
     * @param columns numbers of a row
     * @return one row per line, at least one
     * @throws DataException if a line has more or fewer numbers or something else, with the line
     */
    public static List<float[]> read(Path file, int columns) throws IOException {
        return parse(file.toString(), new String(Files.readAllBytes(file), StandardCharsets.UTF_8), columns);
    }

    /** Reads the text of a file. */
    static List<float[]> parse(String file, String text, int columns) {
        List<float[]> rows = new ArrayList<>();
        int number = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            number++;
            if (!line.isBlank()) {
                rows.add(row(file, number, line, columns));
            }
        }
        if (rows.isEmpty()) {
            throw new DataException(file + " is empty; rows of " + columns + " comma-separated numbers are expected");
        }
        return rows;
    }

    private static float[] row(String file, int number, String line, int columns) {
        String[] words = line.split(",", -1);
        if (words.length != columns) {
            throw new DataException(file + ", line " + number + ": it has " + words.length
                    + " comma-separated numbers, expected " + columns);
        }
        float[] row = new float[columns];
        for (int c = 0; c < columns; c++) {
            row[c] = value(file, number, c, words[c].strip());
        }
        return row;
    }

    private static float value(String file, int line, int column, String word) {
        float value;
        try {
            value = Float.parseFloat(word);
        } catch (NumberFormatException e) {
            value = Float.NaN;
        }
        if (!Float.isFinite(value)) {
            throw new DataException(file + ", line " + line + ", column " + (column + 1) + ": found '" + word
                    + "' where a finite number is expected");
        }
        return value;
    }
}
