package io.github.unrolled.models.motion.pedestrian;

/**
 * Futures of the walkers of a window. A sample is one future of all of them together; the first one is the single prediction
 * of those who want only one.
 *
 * @param samples how many
 * @param steps of each
 * @param walkers in each
 * @param xy metres in the world, {@code [samples, steps, walkers, 2]} in C order
 * @param probabilities of a walker's samples, {@code [walkers, samples]} in C order; each row adds up to 1
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Forecast(int samples, int steps, int walkers, double[] xy, double[] probabilities) {
    /** Checks the sizes. */
    public Forecast {
        if (xy.length != 2 * samples * steps * walkers || probabilities.length != walkers * samples) {
            throw new IllegalArgumentException(xy.length + " coordinates and " + probabilities.length
                    + " probabilities do not make " + samples + " samples of " + steps + " steps of " + walkers
                    + " walkers");
        }
    }

    /** Metres along x; steps are counted from 0, the first one after the last observed. */
    public double x(int sample, int step, int walker) {
        return xy[2 * ((sample * steps + step) * walkers + walker)];
    }

    /** Metres along y. */
    public double y(int sample, int step, int walker) {
        return xy[2 * ((sample * steps + step) * walkers + walker) + 1];
    }

    /** How probable a walker's sample is, among the samples. */
    public double probability(int walker, int sample) {
        return probabilities[walker * samples + sample];
    }
}
