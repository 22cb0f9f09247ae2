package io.github.unrolled.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Stream;

/** How long a run is. */
public sealed interface Budget {
    /**
     * How far the run is, 1 and more when it is over.
     *
     * @param stepsDone whole steps so far
     * @param epochs so far
     * @param seconds of training so far, evaluations and earlier parts of a resumed run included
     */
    double progress(long stepsDone, double epochs, double seconds);

    /** Adds this budget to a JSON object under {@code steps}, {@code epochs} or {@code minutes}. */
    void describe(ObjectNode json);

    /**
     * The budget that {@link #describe} added.
     *
     * @throws IllegalArgumentException unless there is exactly one, and positive
     */
    static Budget described(JsonNode json) {
        long budgets = Stream.of("steps", "epochs", "minutes").filter(json::has).count();
        if (budgets != 1) {
            throw new IllegalArgumentException(
                    "the budget is given " + budgets + " times, expected one of steps, epochs and minutes");
        }
        if (json.has("steps")) {
            return new Steps(json.path("steps").asLong());
        }
        return json.has("epochs")
                ? new Epochs(json.path("epochs").asDouble())
                : new Minutes(json.path("minutes").asDouble());
    }

    private static void requirePositive(String name, double count) {
        if (!(count > 0) || Double.isInfinite(count)) {
            throw new IllegalArgumentException(name + " is " + count + ", expected more than 0");
        }
    }

    /**
     * A number of steps: the only budget under which two runs are equal bit by bit.
     *
     * @param count at least 1
     */
    record Steps(long count) implements Budget {
        /** Checks the count. */
        public Steps {
            requirePositive("steps", (double) count);
        }

        @Override
        public void describe(ObjectNode json) {
            json.put("steps", count);
        }

        @Override
        public double progress(long stepsDone, double epochs, double seconds) {
            return (double) stepsDone / count;
        }
    }

    /**
     * A number of passes over the data.
     *
     * @param count positive, fractions allowed
     */
    record Epochs(double count) implements Budget {
        /** Checks the count. */
        public Epochs {
            requirePositive("epochs", count);
        }

        @Override
        public void describe(ObjectNode json) {
            json.put("epochs", count);
        }

        @Override
        public double progress(long stepsDone, double epochs, double seconds) {
            return epochs / count;
        }
    }

    /**
     * A stretch of time; the schedule follows the clock, so two runs differ.
     *
     * @param count positive
     */
    record Minutes(double count) implements Budget {
        /** Checks the count. */
        public Minutes {
            requirePositive("minutes", count);
        }

        @Override
        public void describe(ObjectNode json) {
            json.put("minutes", count);
        }

        @Override
        public double progress(long stepsDone, double epochs, double seconds) {
            return seconds / (60 * count);
        }
    }
}
