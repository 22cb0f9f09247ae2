package io.github.unrolled.train;

import java.util.ArrayDeque;

/** Units a second over a window of time. */
final class Rate {
    private record Mark(long nanos, double units) {}

    private final long windowNanos;
    private final ArrayDeque<Mark> marks = new ArrayDeque<>();
    private double units;

    Rate(double windowSeconds) {
        windowNanos = (long) (windowSeconds * 1e9);
        marks.add(new Mark(System.nanoTime(), 0));
    }

    /** Counts units done just now, and returns the rate; 0 while there is no time to divide by. */
    double add(double done, long nowNanos) {
        units += done;
        marks.add(new Mark(nowNanos, done));
        while (marks.size() > 2 && nowNanos - marks.getFirst().nanos > windowNanos) {
            marks.removeFirst();
            // The units of the oldest mark were done before the stretch of time that is left.
            units -= marks.getFirst().units;
        }
        double seconds = (nowNanos - marks.getFirst().nanos) / 1e9;
        return seconds > 0 ? units / seconds : 0;
    }
}
