package io.github.unrolled.models.video;

import io.github.unrolled.engine.Engine;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * All measures of labelled sequences, gathered over one or several models, as when each group is tested by the model that
 * has not seen it.
 */
public final class VideoEvaluation {
    private final Set<Integer> silences;
    private final ConfusionMatrix confusion;
    private final SegmentScores segments;
    private final WordAccuracy words;

    /**
     * Nothing measured yet.
     *
     * @param classes how many there are
     * @param silences labels that are no words and no segments; empty for sets without words
     */
    public VideoEvaluation(int classes, Set<Integer> silences) {
        this.silences = Set.copyOf(silences);
        this.confusion = new ConfusionMatrix(classes);
        this.segments = new SegmentScores(silences);
        this.words = new WordAccuracy(silences);
    }

    /**
     * Measures a model on sequences.
     *
     * @param stop asked before each sequence
     * @return whether all were measured
     */
    public boolean add(SavedVideo saved, Engine engine, List<LabelledSequence> test, BooleanSupplier stop) {
        try (SequenceLabeller labeller = new SequenceLabeller(saved, engine)) {
            for (LabelledSequence sequence : test) {
                if (stop.getAsBoolean()) {
                    return false;
                }
                if (saved.model().config().labelsClips()) {
                    confusion.add(sequence.clipLabel(), Labels.best(labeller.clip(sequence.values())));
                } else {
                    addFrames(sequence.labels(), labeller.frames(sequence.values()));
                }
            }
        }
        return true;
    }

    private void addFrames(int[] truth, float[][] logProbabilities) {
        int[] found = Labels.best(logProbabilities);
        confusion.add(truth, found);
        segments.add(truth, found);
        if (!silences.isEmpty()) {
            words.add(truth, logProbabilities);
        }
    }

    /** Which class was taken for which. */
    public ConfusionMatrix confusion() {
        return confusion;
    }

    /** How well segments fit; of frames only. */
    public SegmentScores segments() {
        return segments;
    }

    /** How many words are right; where there are silences only. */
    public WordAccuracy words() {
        return words;
    }

    /** The share of right labels where the true one is no silence, from 0 to 1. */
    public double accuracyWithoutSilences() {
        return confusion.accuracy(label -> !silences.contains(label));
    }
}
