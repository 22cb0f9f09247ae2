package io.github.unrolled.models.charlm;

import java.util.Locale;

/**
 * The architecture of a character model.
 *
 * @param cell which cell
 * @param vocabulary how many tokens there are
 * @param embedding features of a token
 * @param hidden features of each layer's state
 * @param layers how many layers
 * @param dropout probability of dropping a unit between layers and before the output
 * @param recurrentDropout probability of dropping a recurrent weight
 */
public record CharLmConfig(
        CellType cell, int vocabulary, int embedding, int hidden, int layers, double dropout, double recurrentDropout) {
    /** The cells to choose from. */
    public enum CellType {
        /** Long short-term memory. */
        LSTM,
        /** Gated recurrent unit, reset after the product. */
        GRU,
        /** Vanilla RNN with tanh. */
        RNN;

        /** The short stable name in files and on command lines. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        /**
         * The cell of that name.
         *
         * @throws IllegalArgumentException if there is none
         */
        public static CellType of(String id) {
            for (CellType type : values()) {
                if (type.id().equals(id)) {
                    return type;
                }
            }
            throw new IllegalArgumentException("no cell is called '" + id + "'; there are lstm, gru and rnn");
        }
    }

    /** Checks the ranges. */
    public CharLmConfig {
        requirePositive("vocabulary", vocabulary);
        requirePositive("embedding", embedding);
        requirePositive("hidden", hidden);
        requirePositive("layers", layers);
        requireProbability("dropout", dropout);
        requireProbability("recurrentDropout", recurrentDropout);
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, not " + value);
        }
    }

    private static void requireProbability(String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(name + " is a probability of dropping in [0, 1), not " + value);
        }
    }
}
