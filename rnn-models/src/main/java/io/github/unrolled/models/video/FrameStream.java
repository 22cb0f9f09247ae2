package io.github.unrolled.models.video;

import io.github.unrolled.engine.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Labels a stream frame by frame, in memory that does not grow. A causal network labels each frame when it comes, with just
 * what the whole sequence would give; one that needs later frames labels them a window later, see {@link #delay()}. Belongs
 * to its engine's thread; close it before the engine.
 */
public final class FrameStream implements AutoCloseable {
    private final SavedVideo saved;
    private final VideoConfig config;
    private final Scorer scorer;
    private final ClipPooling pooling;
    private final int capacity;
    private final int margin;
    private final List<float[]> held = new ArrayList<>();
    private long seen;
    private long labelled;
    private boolean finished;

    /**
     * What was found of a frame.
     *
     * @param index of the frame, from 0
     * @param logProbabilities the logarithm of the probability of each class: of the frame, or of the clip up to it
     */
    public record Result(long index, float[] logProbabilities) {
        /** The most probable class. */
        public int label() {
            return Labels.best(logProbabilities);
        }

        /** The probability of a class, from 0 to 1. */
        public double probability(int label) {
            return Math.exp(logProbabilities[label]);
        }
    }

    /** For a model, which stays its owner's. */
    public FrameStream(SavedVideo saved, Engine engine) {
        this.saved = saved;
        this.config = saved.model().config();
        this.scorer = new Scorer(saved.model(), engine);
        this.pooling = new ClipPooling(config);
        boolean steps = isStepped(saved);
        this.capacity = steps ? config.before() + 1 : WindowPlan.WINDOW;
        this.margin = steps ? 0 : WindowPlan.MARGIN;
        scorer.begin();
    }

    private static boolean isStepped(SavedVideo saved) {
        return saved.model().config().isCausal() && !saved.standardisation().perClip();
    }

    /** How many frames a label may come later than its frame; 0 for a causal network. */
    public int delay() {
        return isStepped(saved) ? 0 : capacity - 1;
    }

    /**
     * Takes the next frame.
     *
     * @param frame {@code [height, width, channels]}, pixels from 0 to 1; kept, not copied
     * @return what can be said now, in the order of the frames
     */
    public List<Result> push(float[] frame) {
        if (finished) {
            throw new IllegalStateException("the stream has ended; make another one");
        }
        if (frame.length != config.values()) {
            throw new IllegalArgumentException("a frame of " + frame.length + " numbers, expected " + config.values());
        }
        seen++;
        held.add(frame);
        if (isStepped(saved)) {
            if (held.size() > capacity) {
                held.remove(0);
            }
            return computed(held.size() - 1, held.size(), held.size() - 1, held.size());
        }
        if (held.size() < capacity) {
            return List.of();
        }
        List<Result> results = computed(0, capacity, offset(), capacity - margin);
        held.subList(0, capacity - 2 * margin).clear();
        return results;
    }

    /** Where the first frame without a label lies among those that are held. */
    private int offset() {
        return (int) (labelled - (seen - held.size()));
    }

    /** Ends the stream: what was not said yet. */
    public List<Result> finish() {
        if (finished) {
            return List.of();
        }
        finished = true;
        return isStepped(saved) || offset() >= held.size()
                ? List.of()
                : computed(0, held.size(), offset(), held.size());
    }

    /** Computes held frames from..to and gives the results of those within keptFrom..keptTo. */
    private List<Result> computed(int from, int to, int keptFrom, int keptTo) {
        float[][] rows = held.toArray(float[][]::new);
        Values values = Values.of(rows);
        if (!isStepped(saved)) {
            scorer.begin();
        }
        float[][] linear = saved.standardisation().of(values, config.values());
        float[][] scores = scorer.score(values, from, to - from, linear);
        List<Result> results = new ArrayList<>();
        for (int t = keptFrom; t < keptTo; t++) {
            float[] row = Objects.requireNonNull(scores[t - from]);
            if (config.labelsClips()) {
                pooling.add(row);
            }
            float[] logs = config.labelsClips() ? pooling.logProbabilities() : Labels.logSoftmax(row, 0, row.length);
            results.add(new Result(labelled++, logs));
        }
        return results;
    }

    @Override
    public void close() {
        scorer.close();
    }
}
