package io.github.unrolled.train;

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

    /**
     * A number of steps: the only budget under which two runs are equal bit by bit.
     *
     * @param count at least 1
     */
    record Steps(long count) implements Budget {
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
        @Override
        public double progress(long stepsDone, double epochs, double seconds) {
            return seconds / (60 * count);
        }
    }
}
