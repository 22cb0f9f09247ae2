package io.github.unrolled.datasets.text;

import io.github.unrolled.datasets.DataException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The code points of a text in ascending order; a token is a place in that order. Immutable. */
public final class Vocabulary {
    private final int[] codePoints;
    private final Map<Integer, Integer> tokens = new HashMap<>();

    private Vocabulary(int[] codePoints) {
        this.codePoints = codePoints;
        for (int i = 0; i < codePoints.length; i++) {
            tokens.put(codePoints[i], i);
        }
    }

    /** The distinct code points of a text. */
    public static Vocabulary of(int[] text) {
        return new Vocabulary(Arrays.stream(text).distinct().sorted().toArray());
    }

    /**
     * A vocabulary that was stored.
     *
     * @throws DataException unless the code points are valid and ascending
     */
    public static Vocabulary ofStored(int[] codePoints) {
        for (int i = 0; i < codePoints.length; i++) {
            if (!Character.isValidCodePoint(codePoints[i]) || (i > 0 && codePoints[i] <= codePoints[i - 1])) {
                throw new DataException("a vocabulary lists code points in ascending order, and " + codePoints[i]
                        + " in place " + i + " is out of order or none");
            }
        }
        return new Vocabulary(codePoints.clone());
    }

    /** How many tokens there are. */
    public int size() {
        return codePoints.length;
    }

    /** The code points, in the order of the tokens. */
    public int[] codePoints() {
        return codePoints.clone();
    }

    /** The code point of a token. */
    public int codePoint(int token) {
        return codePoints[token];
    }

    /**
     * The tokens of a text.
     *
     * @throws DataException naming the first character that is not in the vocabulary, and its place
     */
    public int[] encode(int[] text) {
        int[] encoded = new int[text.length];
        for (int i = 0; i < text.length; i++) {
            Integer token = tokens.get(text[i]);
            if (token == null) {
                throw new DataException(String.format(
                        Locale.ROOT,
                        "the character %s in place %d is not among the %d that the model was trained on",
                        name(text[i]),
                        i,
                        codePoints.length));
            }
            encoded[i] = token;
        }
        return encoded;
    }

    /** As {@link #encode(int[])}. */
    public int[] encode(String text) {
        return encode(text.codePoints().toArray());
    }

    /** Whether a code point has a token. */
    public boolean contains(int codePoint) {
        return tokens.containsKey(codePoint);
    }

    /** The text of tokens. */
    public String decode(int... encoded) {
        StringBuilder text = new StringBuilder();
        for (int token : encoded) {
            text.appendCodePoint(codePoints[token]);
        }
        return text.toString();
    }

    private static String name(int codePoint) {
        String code = String.format(Locale.ROOT, "U+%04X", codePoint);
        return Character.isISOControl(codePoint) ? code : "'" + Character.toString(codePoint) + "' (" + code + ")";
    }
}
