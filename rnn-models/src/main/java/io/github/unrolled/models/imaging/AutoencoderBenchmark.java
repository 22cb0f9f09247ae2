package io.github.unrolled.models.imaging;

import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.datasets.image.IdxFile;
import io.github.unrolled.train.Workers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures autoencoders by the mean squared error of a pixel in 0..1 on pictures they have not seen, beside principal
 * components of the same code size fitted on all training pictures. A denoising autoencoder is shown noisy pictures and
 * measured against the clean ones, in a test of its own.
 */
public final class AutoencoderBenchmark {
    private static final String NOTE = "test pictures, clipped to 0..1";

    private final Workers workers;
    private final String set;
    private final IdxFile training;
    private final IdxFile test;
    private final Map<Integer, Score> baselines = new HashMap<>();

    /** @param workers stay their owner's to close */
    public AutoencoderBenchmark(Workers workers, String set, IdxFile training, IdxFile test) {
        this.workers = workers;
        this.set = set;
        this.training = training;
        this.test = test;
    }

    /** A model's row, behind that of principal components where a code size is new. */
    public List<Score> measure(String name, SavedAutoencoder saved) {
        Autoencoder model = saved.model();
        double noise = saved.provenance().path("configuration").path("noise").asDouble();
        IdxFile shown = AutoencoderTask.noisy(test, noise);
        double error = workers.runAll(worker -> {
                    if (worker.index() > 0) {
                        return 0.0;
                    }
                    try (Tape tape = Tape.inference(worker.engine())) {
                        return Reconstruction.meanSquaredError(Reconstruction.reconstruct(model, tape, shown), test);
                    }
                })
                .get(0);
        List<Score> scores = new ArrayList<>();
        if (noise > 0) {
            String noisy = set + "-" + model.code() + "-noise-" + noise;
            double before = Reconstruction.meanSquaredError(shown, test);
            scores.add(new Score(noisy, "noisy", "mse", before, "test pictures with noise of that deviation"));
            scores.add(new Score(noisy, name, "mse", error, NOTE));
            return scores;
        }
        if (!baselines.containsKey(model.code())) {
            Score pca = pca(model.code());
            baselines.put(model.code(), pca);
            scores.add(pca);
        }
        scores.add(new Score(set + "-" + model.code(), name, "mse", error, NOTE));
        return scores;
    }

    private Score pca(int code) {
        double error = workers.runAll(worker -> worker.index() > 0
                        ? 0.0
                        : Reconstruction.meanSquaredError(
                                Pca.fit(worker.engine(), training, code).reconstruct(test), test))
                .get(0);
        return new Score(set + "-" + code, "pca", "mse", error, "test pictures, not clipped, as published");
    }
}
