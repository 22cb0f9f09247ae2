package io.github.unrolled.datasets.motion.asf;

import io.github.unrolled.datasets.DataException;
import java.util.List;

/**
 * A line of a file as words.
 *
 * @param file its name
 * @param number of the line, from 1
 * @param words at least one
 */
record Line(String file, int number, List<String> words) {
    /** The first word, which says what the line is about. */
    String key() {
        return words.get(0);
    }

    /** All words but the first. */
    List<String> rest() {
        return words.subList(1, words.size());
    }

    /** The word at an index as a finite number. */
    double decimal(int index) {
        String word = index < words.size() ? words.get(index) : "";
        double value;
        try {
            value = Double.parseDouble(word);
        } catch (NumberFormatException e) {
            throw fault("found '" + word + "' where a number is expected");
        }
        if (!Double.isFinite(value)) {
            throw fault("found " + word + " where a finite number is expected");
        }
        return value;
    }

    DataException fault(String what) {
        return new DataException(file + ", line " + number + ": " + what);
    }

    @Override
    public String toString() {
        return String.join(" ", words);
    }
}
