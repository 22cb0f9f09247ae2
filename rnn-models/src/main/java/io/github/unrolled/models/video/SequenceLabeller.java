package io.github.unrolled.models.video;

import io.github.unrolled.engine.Engine;
import java.util.ArrayList;
import java.util.List;

/**
 * Labels sequences that are there as a whole, in the memory of a window. Belongs to its engine's thread; close it before the
 * engine.
 */
public final class SequenceLabeller implements AutoCloseable {
    /** Frames of a window of a network that carries its state. */
    private static final int CARRIED = 100;

    private final SavedVideo saved;
    private final Scorer scorer;

    /** For a model, which stays its owner's. */
    public SequenceLabeller(SavedVideo saved, Engine engine) {
        this.saved = saved;
        this.scorer = new Scorer(saved.model(), engine);
    }

    /** Scores of every frame, not yet probabilities: {@code [frames][classes]}. */
    private List<float[]> scores(Values values) {
        int size = saved.model().config().values();
        float[][] linear = saved.standardisation().of(values, size);
        int frames = values.frames();
        List<float[]> scores = new ArrayList<>(frames);
        scorer.begin();
        if (saved.model().config().bidirectional()) {
            for (WindowPlan.Part part : WindowPlan.of(frames)) {
                float[][] window = scorer.score(values, part.from(), part.to() - part.from(), linear);
                for (int t = part.keptFrom(); t < part.keptTo(); t++) {
                    scores.add(window[t - part.from()]);
                }
            }
        } else {
            for (int from = 0; from < frames; from += CARRIED) {
                scores.addAll(List.of(scorer.score(values, from, Math.min(CARRIED, frames - from), linear)));
            }
        }
        return scores;
    }

    /** The logarithm of the probability of each class at every frame: {@code [frames][classes]}. */
    public float[][] frames(Values values) {
        return scores(values).stream()
                .map(row -> Labels.logSoftmax(row, 0, row.length))
                .toArray(float[][]::new);
    }

    /** The logarithm of the probability of each class of the clip as a whole. */
    public float[] clip(Values values) {
        ClipPooling pooling = new ClipPooling(saved.model().config());
        scores(values).forEach(pooling::add);
        return pooling.logProbabilities();
    }

    @Override
    public void close() {
        scorer.close();
    }
}
