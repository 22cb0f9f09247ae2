package io.github.unrolled.models.video;

import java.util.List;
import java.util.Set;

/**
 * Words read off the labels of frames, counted in two ways. In the sentence: runs of equal labels, silences dropped; 1 -
 * word error rate, with insertions, deletions and replacements counted. With known boundaries: in each true word's frames,
 * the word with the greatest mean log-probability, as Wand et al. (2016) score it.
 */
public final class WordAccuracy {
    private final Set<Integer> silences;
    private long words;
    private long errors;
    private long rightInBounds;

    /** @param silences labels that are no words */
    public WordAccuracy(Set<Integer> silences) {
        this.silences = Set.copyOf(silences);
    }

    /**
     * Counts a clip.
     *
     * @param truth the label of every frame
     * @param logProbabilities {@code [frame][class]}
     */
    public void add(int[] truth, float[][] logProbabilities) {
        List<Segment> spoken = Segment.runs(truth, this::isWord);
        words += spoken.size();
        errors += EditDistance.between(
                Segment.labels(Segment.runs(Labels.best(logProbabilities), this::isWord)), Segment.labels(spoken));
        for (Segment word : spoken) {
            if (vote(logProbabilities, word) == word.label()) {
                rightInBounds++;
            }
        }
    }

    private boolean isWord(int label) {
        return label >= 0 && !silences.contains(label);
    }

    private int vote(float[][] logProbabilities, Segment word) {
        int best = -1;
        double most = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < logProbabilities[0].length; k++) {
            double sum = 0;
            for (int t = word.from(); t < word.to(); t++) {
                sum += logProbabilities[t][k];
            }
            if (isWord(k) && sum > most) {
                most = sum;
                best = k;
            }
        }
        return best;
    }

    /** 1 - word error rate; below 0 where more is inserted than right. */
    public double inSentence() {
        return 1 - (double) errors / words;
    }

    /** The part of the words that is right where their boundaries are known, from 0 to 1. */
    public double withKnownBoundaries() {
        return (double) rightInBounds / words;
    }

    /** How many words were spoken. */
    public long words() {
        return words;
    }
}
