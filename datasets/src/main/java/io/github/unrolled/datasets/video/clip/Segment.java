package io.github.unrolled.datasets.video.clip;

/**
 * A stretch of time with a label.
 *
 * @param start where it begins, in the unit of its file
 * @param end where it ends, exclusive
 * @param label what it shows
 * @param line of the file, from 1
 */
record Segment(double start, double end, String label, int line) {
    boolean contains(double time) {
        return time >= start && time < end;
    }
}
