package io.github.unrolled.benchmarks;

import java.util.Arrays;

/** Medians and times. */
final class Statistics {
    private Statistics() {}

    /** The middle value, or the mean of the middle two. */
    static double median(double... values) {
        return quantile(0.5, values);
    }

    /**
     * The value below which this part of the values lies, between two of them in proportion.
     *
     * @throws IllegalArgumentException if there is no value
     */
    static double quantile(double part, double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no value was measured");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double place = part * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    /** Repeats steps for so many seconds; returns the milliseconds of each. */
    static double[] timed(Subject subject, double seconds, int least) {
        double[] times = new double[1024];
        int count = 0;
        long begin = System.nanoTime();
        while (count < least || System.nanoTime() - begin < seconds * 1e9) {
            if (count == times.length) {
                times = Arrays.copyOf(times, 2 * count);
            }
            long start = System.nanoTime();
            subject.step();
            times[count++] = (System.nanoTime() - start) / 1e6;
        }
        return Arrays.copyOf(times, count);
    }
}
