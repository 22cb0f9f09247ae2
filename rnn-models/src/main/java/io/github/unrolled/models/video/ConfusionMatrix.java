package io.github.unrolled.models.video;

import java.util.function.IntPredicate;

/** How often each class was taken for each: rows are true, columns predicted. Frames without a true label do not count. */
public final class ConfusionMatrix {
    private final long[][] counts;

    /** @param classes how many there are */
    public ConfusionMatrix(int classes) {
        counts = new long[classes][classes];
    }

    /**
     * One class among the others.
     *
     * @param frames that truly are of it
     * @param precision of those predicted, the part that is right; not a number if none was predicted
     * @param recall of those that are, the part that was found; not a number if there is none
     * @param f1 harmonic mean of both; 0 if either is 0 or cannot be said
     */
    public record ClassScore(long frames, double precision, double recall, double f1) {}

    /** Counts one frame, or one clip. */
    public void add(int truth, int predicted) {
        if (truth >= 0) {
            counts[truth][predicted]++;
        }
    }

    /** Counts the frames of a clip, those with the label -1 left out. */
    public void add(int[] truth, int... predicted) {
        if (truth.length != predicted.length) {
            throw new IllegalArgumentException(
                    predicted.length + " predicted labels for " + truth.length + " frames; expected one each");
        }
        for (int i = 0; i < truth.length; i++) {
            add(truth[i], predicted[i]);
        }
    }

    /** How many classes there are. */
    public int classes() {
        return counts.length;
    }

    /** How often the first class was taken for the second. */
    public long count(int truth, int predicted) {
        return counts[truth][predicted];
    }

    /** How many were counted. */
    public long total() {
        long total = 0;
        for (int k = 0; k < counts.length; k++) {
            total += truly(k);
        }
        return total;
    }

    private long truly(int label) {
        long sum = 0;
        for (long count : counts[label]) {
            sum += count;
        }
        return sum;
    }

    /** The part that is right, from 0 to 1; not a number if nothing was counted. */
    public double accuracy() {
        return accuracy(label -> true);
    }

    /** The part that is right of those whose true class is in question, from 0 to 1. */
    public double accuracy(IntPredicate truths) {
        long right = 0;
        long all = 0;
        for (int k = 0; k < counts.length; k++) {
            if (truths.test(k)) {
                right += counts[k][k];
                all += truly(k);
            }
        }
        return (double) right / all;
    }

    /** One class among the others. */
    public ClassScore score(int label) {
        long right = counts[label][label];
        long predicted = 0;
        for (long[] row : counts) {
            predicted += row[label];
        }
        long real = truly(label);
        double f1 = right == 0 ? 0 : 2.0 * right / (predicted + real);
        return new ClassScore(real, (double) right / predicted, (double) right / real, f1);
    }
}
