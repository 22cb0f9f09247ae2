package io.github.unrolled.app.console;

/** How long something still takes, judged by what was done since it was first seen: a resumed run begins in the middle. */
final class Remaining {
    private double firstFraction = Double.NaN;
    private double firstSeconds;

    /** Tells how far the work is; the first time counts. */
    void begins(double fraction, double seconds) {
        if (Double.isNaN(firstFraction)) {
            firstFraction = fraction;
            firstSeconds = seconds;
        }
    }

    /** {@code 2m10s left}, or nothing as long as that cannot be said. */
    String after(double fraction, double seconds) {
        double done = fraction - firstFraction;
        double took = seconds - firstSeconds;
        return done > 0 && took > 0 && fraction < 1 ? Progress.duration(took * (1 - fraction) / done) + " left" : "";
    }
}
