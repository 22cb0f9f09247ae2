package io.github.unrolled.models.imaging;

import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.datasets.image.IdxFile;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.train.Workers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Measures autoencoders by the mean squared error of a pixel in 0..1 on pictures they have not seen, beside principal
 * components of the same code size fitted on all training pictures. A denoising autoencoder, and the components beside it,
 * are shown noisy pictures and measured against the clean ones, in a test of its own.
 */
public final class AutoencoderBenchmark {
    private final Workers workers;
    private final String set;
    private final IdxFile training;
    private final IdxFile test;
    private final Map<Integer, Pca> components = new HashMap<>();
    private final Set<String> begun = new HashSet<>();

    /**
     * Some pictures of the test, drawn.
     *
     * @param clean as they are
     * @param shown to the model: clean, or with its noise
     * @param linear from principal components of the model's code size
     * @param ours from the model
     */
    public record Examples(IdxFile clean, IdxFile shown, IdxFile linear, IdxFile ours) {}

    /** @param workers stay their owner's to close */
    public AutoencoderBenchmark(Workers workers, String set, IdxFile training, IdxFile test) {
        this.workers = workers;
        this.set = set;
        this.training = training;
        this.test = test;
    }

    /** The deviation of the noise that a model was trained to take away, 0 for none. */
    public static double noise(SavedAutoencoder saved) {
        return saved.provenance().path("configuration").path("noise").asDouble();
    }

    /** A model's row, behind those of what it is compared with where a test is new. */
    public List<Score> measure(String name, SavedAutoencoder saved) {
        int code = saved.model().code();
        double noise = noise(saved);
        String row = set + "-" + code + (noise > 0 ? "-noise-" + noise : "");
        IdxFile shown = AutoencoderTask.noisy(test, noise);
        List<Score> scores = new ArrayList<>();
        if (begun.add(row)) {
            if (noise > 0) {
                scores.add(score(row, "noisy", shown, "test pictures with noise of that deviation"));
            }
            String note = "test pictures, not clipped" + (noise > 0 ? "" : ", as published");
            scores.add(score(row, "pca", linear(code, shown), note));
        }
        scores.add(score(row, name, reconstructed(saved.model(), shown), "test pictures, clipped to 0..1"));
        return scores;
    }

    /** The first pictures of the test as a model draws them, and as principal components do. */
    public Examples examples(SavedAutoencoder saved, int count) {
        IdxFile clean = test.slice(0, Math.min(count, test.count()));
        IdxFile shown = AutoencoderTask.noisy(clean, noise(saved));
        return new Examples(clean, shown, linear(saved.model().code(), shown), reconstructed(saved.model(), shown));
    }

    private Score score(String row, String model, IdxFile pictures, String note) {
        return new Score(row, model, "mse", Reconstruction.meanSquaredError(pictures, test), note);
    }

    private IdxFile linear(int code, IdxFile shown) {
        return components
                .computeIfAbsent(code, size -> first(engine -> Pca.fit(engine, training, size)))
                .reconstruct(shown);
    }

    private IdxFile reconstructed(Autoencoder model, IdxFile shown) {
        return first(engine -> {
            try (Tape tape = Tape.inference(engine)) {
                return Reconstruction.reconstruct(model, tape, shown);
            }
        });
    }

    /** What the first of the threads makes. */
    private <T> T first(Function<Engine, T> work) {
        List<List<T>> made =
                workers.runAll(worker -> worker.index() > 0 ? List.<T>of() : List.of(work.apply(worker.engine())));
        return made.get(0).get(0);
    }
}
