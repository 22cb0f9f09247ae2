package io.github.unrolled.models.video;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * How well predicted segments fit true ones (Lea et al. 2017). Edit compares the order of labels: 100 (1 - Levenshtein
 * distance / segments of the longer sequence), the mean over clips. F1@k compares places: a predicted segment hits the
 * true segment of its label with the greatest intersection over union if that is at least k percent and the segment was not
 * hit before; hits are counted over all clips. Frames without a true label (-1) are left out of both sequences.
 */
public final class SegmentScores {
    /** The overlaps that are published, in percent. */
    public static final List<Integer> OVERLAPS = List.of(10, 25, 50);

    private final Set<Integer> background;
    private final int[] hits = new int[OVERLAPS.size()];
    private int predictedSegments;
    private int trueSegments;
    private double editSum;
    private int clips;

    /** @param background labels whose segments do not count, such as silence; may be empty */
    public SegmentScores(Set<Integer> background) {
        this.background = Set.copyOf(background);
    }

    /**
     * Counts a clip.
     *
     * @param truth the label of every frame, -1 for none
     * @param predicted as many labels
     */
    public void add(int[] truth, int... predicted) {
        if (truth.length != predicted.length) {
            throw new IllegalArgumentException(
                    predicted.length + " predicted labels for " + truth.length + " frames; expected one each");
        }
        int[] known = java.util.stream.IntStream.range(0, truth.length)
                .filter(i -> truth[i] >= 0)
                .toArray();
        if (known.length == 0) {
            return;
        }
        List<Segment> real = Segment.runs(at(truth, known), label -> !background.contains(label));
        List<Segment> found = Segment.runs(at(predicted, known), label -> !background.contains(label));
        int longer = Math.max(real.size(), found.size());
        int distance = EditDistance.between(Segment.labels(found), Segment.labels(real));
        editSum += longer == 0 ? 100 : 100.0 * (longer - distance) / longer;
        clips++;
        trueSegments += real.size();
        predictedSegments += found.size();
        for (int k = 0; k < hits.length; k++) {
            hits[k] += hits(real, found, OVERLAPS.get(k) / 100.0);
        }
    }

    private static int[] at(int[] labels, int... frames) {
        return Arrays.stream(frames).map(i -> labels[i]).toArray();
    }

    private static int hits(List<Segment> real, List<Segment> found, double overlap) {
        boolean[] hit = new boolean[real.size()];
        int count = 0;
        for (Segment segment : found) {
            int best = -1;
            double most = -1;
            for (int i = 0; i < real.size(); i++) {
                double common = real.get(i).label() == segment.label() ? segment.intersectionOverUnion(real.get(i)) : 0;
                if (common > most) {
                    most = common;
                    best = i;
                }
            }
            if (best >= 0 && most >= overlap && !hit[best]) {
                hit[best] = true;
                count++;
            }
        }
        return count;
    }

    /** Edit in percent; not a number before a clip was counted. */
    public double edit() {
        return editSum / clips;
    }

    /**
     * F1 in percent.
     *
     * @param overlap one of {@link #OVERLAPS}
     */
    public double f1(int overlap) {
        int index = OVERLAPS.indexOf(overlap);
        if (index < 0) {
            throw new IllegalArgumentException("F1@" + overlap + " is not counted; expected one of " + OVERLAPS);
        }
        int all = predictedSegments + trueSegments;
        return all == 0 ? Double.NaN : 100.0 * 2 * hits[index] / all;
    }
}
