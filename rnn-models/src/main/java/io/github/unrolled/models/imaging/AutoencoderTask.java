package io.github.unrolled.models.imaging;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.image.IdxFile;
import io.github.unrolled.datasets.image.Noise;
import io.github.unrolled.datasets.image.PatchBatch;
import io.github.unrolled.datasets.image.Planes;
import io.github.unrolled.datasets.image.SmallPictureBatches;
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
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** An autoencoder that learns small pictures, validated on the last of them. */
public final class AutoencoderTask implements Task<PatchBatch> {
    private static final Seed VALIDATION_SEED = new Seed(2026).split("validation");

    private static final int EXAMPLES = 64;
    private static final int EXAMPLE_COLUMNS = 8;

    private final AutoencoderOptions options;
    private final Data data;
    private final IdxFile clean;
    private final IdxFile shown;
    private final SmallPictureBatches source;
    private final Autoencoder model;
    private final AutoencoderObjective objective;
    private final int workers;
    private Optional<Consumer<List<Planes>>> examples = Optional.empty();

    /**
     * What is learnt.
     *
     * @param name where it came from
     * @param pictures square ones
     * @param sha256 of the file
     */
    public record Data(String name, IdxFile pictures, String sha256) {}

    /**
     * Makes the model with its initial values.
     *
     * @throws DataException if there are too few pictures, or they are not square
     */
    public AutoencoderTask(Backend backend, AutoencoderOptions options, Recipe recipe, Data data) {
        IdxFile all = data.pictures();
        if (all.height() != all.width() || all.height() % 4 != 0) {
            throw new DataException(data.name() + " has pictures of " + all.width() + "x" + all.height()
                    + " pixels; square ones of a multiple of 4 are expected");
        }
        int training = all.count() - options.heldOut();
        if (training < 1) {
            throw new DataException(data.name() + " has " + all.count() + " pictures, and " + options.heldOut()
                    + " are to be held out; use a smaller --held-out");
        }
        this.options = options;
        this.data = data;
        Seed seed = new Seed(recipe.seed());
        this.clean = all.slice(training, all.count());
        this.shown = noisy(clean, options.noise());
        this.source = new SmallPictureBatches(
                all.slice(0, training), options.batch(), options.noise(), seed.split("pictures"));
        this.model = options.create(all.height(), new Parameters(backend, seed.split("init")));
        this.objective = new AutoencoderObjective(model);
        this.workers = Math.min(recipe.workers(), options.batch());
    }

    static IdxFile noisy(IdxFile pictures, double noise) {
        if (noise == 0) {
            return pictures;
        }
        Planes flat = new Planes(1, 1, pictures.values().length, pictures.values());
        return new IdxFile(
                pictures.count(),
                pictures.height(),
                pictures.width(),
                Noise.added(flat, noise, VALIDATION_SEED).values());
    }

    @Override
    public Autoencoder model() {
        return model;
    }

    @Override
    public Objective<PatchBatch> objective() {
        return objective;
    }

    @Override
    public BatchSource<PatchBatch> source() {
        return source;
    }

    @Override
    public int workers() {
        return workers;
    }

    /** Shows, at every validation, some held-out pictures as they go in and as they come out. */
    public void showExamples(Consumer<List<Planes>> viewer) {
        examples = Optional.of(viewer);
    }

    @Override
    public double validate(Workers threads) {
        examples.ifPresent(viewer -> viewer.accept(example(threads)));
        double[] sums = threads
                .runAll(worker -> {
                    int from = worker.index() * shown.count() / threads.count();
                    int to = (worker.index() + 1) * shown.count() / threads.count();
                    try (Tape tape = Tape.inference(worker.engine())) {
                        return (to - from) * error(tape, from, to);
                    }
                })
                .stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
        double sum = 0;
        for (double each : sums) {
            sum += each;
        }
        return sum / shown.count();
    }

    private List<Planes> example(Workers threads) {
        IdxFile some = shown.slice(0, Math.min(EXAMPLES, shown.count()));
        IdxFile drawn = threads.runAll(worker -> {
                    if (worker.index() > 0) {
                        return some;
                    }
                    try (Tape tape = Tape.inference(worker.engine())) {
                        return Reconstruction.reconstruct(model, tape, some);
                    }
                })
                .get(0);
        IdxFile truth = clean.slice(0, some.count());
        return Stream.of(some, drawn, truth)
                .limit(options.noise() > 0 ? 3 : 2)
                .map(each -> each.montage(EXAMPLE_COLUMNS))
                .toList();
    }

    private double error(Tape tape, int from, int to) {
        if (from == to) {
            return 0;
        }
        return Reconstruction.meanSquaredError(
                Reconstruction.reconstruct(model, tape, shown.slice(from, to)), clean.slice(from, to));
    }

    @Override
    public ObjectNode description() {
        return model.describe();
    }

    @Override
    public ObjectNode configuration() {
        return options.toJson();
    }

    @Override
    public ObjectNode data() {
        return ModelFile.newDescription()
                .put("name", data.name())
                .put("sha256", data.sha256())
                .put("pictures", data.pictures().count());
    }

    @Override
    public Measurement measure(Backend backend) {
        try (Engine engine = backend.newEngine(1);
                Tape tape = Tape.inference(engine)) {
            return new Measurement(
                    error(tape, 0, shown.count()),
                    "mse",
                    "mean squared error of a pixel in 0..1, last " + shown.count() + " pictures of the training set");
        }
    }

    @Override
    public void close() {
        model.close();
    }
}
