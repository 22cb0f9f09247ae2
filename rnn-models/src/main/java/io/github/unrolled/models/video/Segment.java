package io.github.unrolled.models.video;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * A run of frames with one label.
 *
 * @param label the class
 * @param from first frame
 * @param to the frame after the last one
 */
public record Segment(int label, int from, int to) {
    /** How many frames it has. */
    public int frames() {
        return to - from;
    }

    /** Frames in both segments over frames in either, from 0 to 1. */
    public double intersectionOverUnion(Segment other) {
        int common = Math.min(to, other.to) - Math.max(from, other.from);
        int covered = Math.max(to, other.to) - Math.min(from, other.from);
        return (double) Math.max(0, common) / covered;
    }

    /** The runs of equal labels, in order; together they cover all frames. */
    public static List<Segment> runs(int... labels) {
        List<Segment> runs = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= labels.length; i++) {
            if (i == labels.length || labels[i] != labels[from]) {
                runs.add(new Segment(labels[from], from, i));
                from = i;
            }
        }
        return runs;
    }

    /** The runs whose label counts. */
    static List<Segment> runs(int[] labels, IntPredicate counts) {
        return runs(labels).stream().filter(run -> counts.test(run.label)).toList();
    }

    /** The labels of segments, in order. */
    static int[] labels(List<Segment> segments) {
        return segments.stream().mapToInt(Segment::label).toArray();
    }
}
