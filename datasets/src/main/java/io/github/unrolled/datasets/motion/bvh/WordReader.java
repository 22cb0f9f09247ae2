package io.github.unrolled.datasets.motion.bvh;

import io.github.unrolled.datasets.DataException;
import java.nio.charset.StandardCharsets;

/** The words of a text, each with its line: what stands between blanks, tabs and line ends. Byte order marks are skipped. */
final class WordReader {
    private final String name;
    private final String text;
    private int at;
    private int line = 1;
    /** The line of the word that was read last. */
    private int lineOfWord = 1;

    WordReader(String name, byte[] bytes) {
        this.name = name;
        String decoded = new String(bytes, StandardCharsets.UTF_8);
        this.text = decoded.startsWith("\uFEFF") ? decoded.substring(1) : decoded;
    }

    String name() {
        return name;
    }

    private void skipBlanks() {
        while (at < text.length() && text.charAt(at) <= ' ') {
            if (text.charAt(at) == '\n') {
                line++;
            }
            at++;
        }
    }

    boolean hasNext() {
        skipBlanks();
        if (at < text.length()) {
            lineOfWord = line;
        }
        return at < text.length();
    }

    boolean isNext(String word) {
        return hasNext() && text.startsWith(word, at);
    }

    String next(String expected) {
        if (!hasNext()) {
            lineOfWord = line;
            throw fault("the file ends where " + expected + " is expected; it seems to be cut off");
        }
        int from = at;
        while (at < text.length() && text.charAt(at) > ' ') {
            at++;
        }
        return text.substring(from, at);
    }

    /** The words up to the end of the line or a brace: names may have blanks in them. */
    String rest(String expected) {
        StringBuilder words = new StringBuilder(next(expected));
        int sameLine = lineOfWord;
        while (hasNext() && line == sameLine && text.charAt(at) != '{') {
            words.append(' ').append(next(expected));
        }
        lineOfWord = sameLine;
        return words.toString();
    }

    void expect(String word) {
        String found = next(word);
        if (!found.equalsIgnoreCase(word)) {
            throw fault("found '" + shortened(found) + "' where " + word + " is expected");
        }
    }

    double number(String what) {
        String word = next(what);
        double value;
        try {
            value = Double.parseDouble(word);
        } catch (NumberFormatException e) {
            throw fault("found '" + shortened(word) + "' where a number is expected: " + what);
        }
        if (!Double.isFinite(value)) {
            throw fault("found " + word + " where a finite number is expected: " + what);
        }
        return value;
    }

    int count(String what) {
        String word = next(what);
        try {
            int value = Integer.parseInt(word);
            if (value >= 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw fault(what + " is '" + shortened(word) + "', expected a whole number of 0 or more");
    }

    DataException fault(String what) {
        return new DataException(name + ", line " + lineOfWord + ": " + what);
    }

    private static String shortened(String word) {
        return word.length() <= 40 ? word : word.substring(0, 40) + "…";
    }
}
