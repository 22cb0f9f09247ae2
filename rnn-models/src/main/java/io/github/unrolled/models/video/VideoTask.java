package io.github.unrolled.models.video;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.model.ModelFile;
import io.github.unrolled.nn.Parameters;
import io.github.unrolled.random.Seed;
import io.github.unrolled.train.BatchSource;
import io.github.unrolled.train.Objective;
import io.github.unrolled.train.Recipe;
import io.github.unrolled.train.Task;
import io.github.unrolled.train.Workers;
import java.util.List;

/** A network for video that learns labels, validated by the share of held-out frames, or clips, that it labels wrongly. */
public final class VideoTask implements Task<ClipBatch> {
    private final VideoSettings settings;
    private final VideoData data;
    private final String sha256;
    private final SavedVideo saved;
    private final VideoObjective objective;
    private final WindowSource source;
    private final int workers;

    /** Makes the network with its initial values. */
    public VideoTask(Backend backend, VideoSettings settings, Recipe recipe, VideoData data) {
        this.settings = settings;
        this.data = data;
        this.sha256 = data.sha256();
        Seed seed = new Seed(recipe.seed());
        VideoConfig config = settings.config(data);
        Standardisation standardisation = settings.perClip()
                ? Standardisation.ofEachClip(data.channels())
                : Standardisation.over(data.train(), config.values(), data.channels());
        VideoModel model = new VideoModel(config, new Parameters(backend, seed.split("init")));
        this.saved = new SavedVideo(model, standardisation, data.classes(), ModelFile.newDescription());
        int batch = Math.min(settings.batch(), data.train().size());
        this.workers = Math.min(recipe.workers(), batch);
        this.objective = new VideoObjective(
                backend,
                model,
                standardisation,
                data.train(),
                classWeights(data, settings.balance()),
                data.clipLevel() ? 0 : settings.smoothing(),
                workers);
        this.source = new WindowSource(
                data.train(),
                settings.window(),
                batch,
                model.memory().isPresent(),
                settings.augmentation(),
                seed.split("windows"));
    }

    /** (mean count of a class / its count) to a power, 1 for classes without an example. */
    static float[] classWeights(VideoData data, double power) {
        long[] counts = new long[data.classes().size()];
        long all = 0;
        for (LabelledSequence sequence : data.train()) {
            int[] labels = data.clipLevel() ? new int[] {sequence.clipLabel()} : sequence.labels();
            for (int label : labels) {
                if (label >= 0) {
                    counts[label]++;
                    all++;
                }
            }
        }
        float[] weights = new float[counts.length];
        for (int k = 0; k < weights.length; k++) {
            weights[k] = counts[k] == 0 ? 1 : (float) Math.pow((double) all / counts.length / counts[k], power);
        }
        return weights;
    }

    @Override
    public VideoModel model() {
        return saved.model();
    }

    @Override
    public Objective<ClipBatch> objective() {
        return objective;
    }

    @Override
    public BatchSource<ClipBatch> source() {
        return source;
    }

    @Override
    public int workers() {
        return workers;
    }

    @Override
    public double validate(Workers threads) {
        List<long[]> counted = threads.runAll(worker -> {
            try (SequenceLabeller labeller = new SequenceLabeller(saved, worker.engine())) {
                return wrong(labeller, worker.index(), threads.count());
            }
        });
        long wrong = 0;
        long all = 0;
        for (long[] part : counted) {
            wrong += part[0];
            all += part[1];
        }
        return (double) wrong / Math.max(1, all);
    }

    /** How many labels are wrong, of how many, in every {@code step}th sequence. */
    private long[] wrong(SequenceLabeller labeller, int from, int step) {
        long[] counts = new long[2];
        for (int i = from; i < data.validation().size(); i += step) {
            LabelledSequence sequence = data.validation().get(i);
            if (data.clipLevel()) {
                count(sequence.clipLabel(), Labels.best(labeller.clip(sequence.values())), counts);
            } else {
                int[] found = Labels.best(labeller.frames(sequence.values()));
                for (int t = 0; t < found.length; t++) {
                    count(sequence.labels()[t], found[t], counts);
                }
            }
        }
        return counts;
    }

    private static void count(int truth, int found, long... counts) {
        if (truth >= 0) {
            counts[0] += truth == found ? 0 : 1;
            counts[1]++;
        }
    }

    @Override
    public ObjectNode description() {
        return SavedVideo.describe(saved.model(), saved.standardisation(), data.classes());
    }

    @Override
    public ObjectNode configuration() {
        return settings.toJson();
    }

    @Override
    public ObjectNode data() {
        return ModelFile.newDescription()
                .put("name", data.name())
                .put("sha256", sha256)
                .put("clips", data.train().size());
    }

    @Override
    public Measurement measure(Backend backend) {
        try (Engine engine = backend.newEngine(1);
                SequenceLabeller labeller = new SequenceLabeller(saved, engine)) {
            long[] counts = wrong(labeller, 0, 1);
            return new Measurement(
                    (double) counts[0] / Math.max(1, counts[1]),
                    data.clipLevel() ? "clip error" : "frame error",
                    "share of wrong labels of held-out " + (data.clipLevel() ? "clips" : "frames"));
        }
    }

    @Override
    public void close() {
        objective.close();
        saved.close();
    }
}
