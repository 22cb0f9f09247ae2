package io.github.unrolled.models.motion.pedestrian;

import java.util.Locale;

/**
 * The architecture of a model of walkers.
 *
 * @param cell which cell reads and writes
 * @param hidden features of the state
 * @param modes how many futures are decoded side by side
 * @param socialRadius metres within which walkers see each other; 0 for a model in which everybody is alone
 * @param trust part of what the network adds to constant velocity that a forecast keeps, in (0, 1]: between scenes that
 *     differ, half-way is nearer to the truth than either end
 * @param observed steps that are read, at least 2
 * @param predicted steps that it was trained to predict
 */
public record PedestrianConfig(
        CellType cell, int hidden, int modes, double socialRadius, double trust, int observed, int predicted) {
    /** The cells to choose from. */
    public enum CellType {
        /** Long short-term memory. */
        LSTM,
        /** Gated recurrent unit, reset after the product. */
        GRU;

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
            throw new IllegalArgumentException("no cell is called '" + id + "'; there are lstm and gru");
        }
    }

    /** Checks the ranges. */
    public PedestrianConfig {
        require("hidden", hidden, 1, 4096);
        require("modes", modes, 1, 1000);
        require("observed", observed, 2, 1000);
        require("predicted", predicted, 1, 1000);
        if (!(socialRadius >= 0 && socialRadius <= 1000)) {
            throw new IllegalArgumentException("socialRadius is " + socialRadius + " metres, expected 0 to 1000");
        }
        if (!(trust > 0 && trust <= 1)) {
            throw new IllegalArgumentException("trust is " + trust + ", expected more than 0 and at most 1");
        }
    }

    /** The same with another trust. */
    public PedestrianConfig withTrust(double other) {
        return new PedestrianConfig(cell, hidden, modes, socialRadius, other, observed, predicted);
    }

    private static void require(String name, int value, int from, int to) {
        if (value < from || value > to) {
            throw new IllegalArgumentException(name + " is " + value + ", expected " + from + " to " + to);
        }
    }
}
