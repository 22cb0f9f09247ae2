package io.github.unrolled.models.imaging;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.image.Bicubic;
import io.github.unrolled.datasets.image.ImageQuality;
import io.github.unrolled.datasets.image.Noise;
import io.github.unrolled.datasets.image.PatchBatch;
import io.github.unrolled.datasets.image.PatchSampler;
import io.github.unrolled.datasets.image.PatchSampler.Pair;
import io.github.unrolled.datasets.image.PictureSet;
import io.github.unrolled.datasets.image.Planes;
import io.github.unrolled.datasets.image.YCbCr;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.model.ModelFile;
import io.github.unrolled.random.Seed;
import io.github.unrolled.train.BatchSource;
import io.github.unrolled.train.Objective;
import io.github.unrolled.train.Recipe;
import io.github.unrolled.train.Task;
import io.github.unrolled.train.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A network that learns to restore pictures, validated on some that it does not train on. */
public final class RestorationTask implements Task<PatchBatch> {
    /** The noise that a denoiser is trained for, on the scale of 0..255. */
    public static final double LEAST_NOISE = 5;

    /** See {@link #LEAST_NOISE}. */
    public static final double MOST_NOISE = 55;

    /** Strengths that a denoiser is validated at. */
    private static final double[] VALIDATED_NOISE = {15, 25, 50};

    private static final int VALIDATED_SIZE = 128;
    private static final int LEAST_VALIDATED_SIZE = 16;
    private static final int PEAK = 255;
    private static final Seed VALIDATION_SEED = new Seed(2026).split("validation");

    private final RestorationOptions options;
    private final PictureSet pictures;
    private final Restorer model;
    private final RestorationObjective objective;
    private final PatchSampler source;
    private final int workers;
    private final List<Pair> validation = new ArrayList<>();
    private Optional<Consumer<List<Planes>>> examples = Optional.empty();

    /**
     * Makes the model with its initial values.
     *
     * @throws DataException if there are too few pictures, or all are smaller than a patch
     */
    public RestorationTask(Backend backend, RestorationOptions options, Recipe recipe, PictureSet pictures) {
        this.options = options;
        this.pictures = pictures;
        Seed seed = new Seed(recipe.seed());
        List<Pair> training = new ArrayList<>();
        for (Planes picture : pictures.training(options.heldOut())) {
            Pair pair = pair(picture);
            if (pair.input().height() >= options.patch() && pair.input().width() >= options.patch()) {
                training.add(pair);
            }
        }
        if (training.isEmpty()) {
            throw new DataException("the pictures of " + pictures.name() + " are all smaller than a patch of "
                    + options.patch() * options.scale() + " pixels; use larger ones or a smaller --patch");
        }
        boolean upscale = options.task().equals(RestorationOptions.UPSCALE);
        this.source = new PatchSampler(
                training,
                options.batch(),
                options.patch(),
                upscale ? 0 : LEAST_NOISE / PEAK,
                upscale ? 0 : MOST_NOISE / PEAK,
                seed.split("patches"));
        for (Planes picture : pictures.heldOut(options.heldOut())) {
            if (Math.min(picture.height(), picture.width()) >= LEAST_VALIDATED_SIZE) {
                validate(middle(picture), validation.size());
            }
        }
        if (validation.isEmpty()) {
            throw new DataException("the pictures of " + pictures.name() + " that would validate are all narrower than "
                    + LEAST_VALIDATED_SIZE + " pixels; use larger ones or another --held-out");
        }
        this.model = options.create(backend, seed.split("init"));
        this.objective = new RestorationObjective(model);
        this.workers = Math.min(recipe.workers(), options.batch());
    }

    private static Planes middle(Planes picture) {
        int rows = Math.min(VALIDATED_SIZE, picture.height());
        int columns = Math.min(VALIDATED_SIZE, picture.width());
        return picture.crop((picture.height() - rows) / 2, (picture.width() - columns) / 2, rows, columns);
    }

    /** Input and correction of a whole picture; noise comes later. */
    private Pair pair(Planes picture) {
        if (options.task().equals(RestorationOptions.DENOISE)) {
            return Pair.same(coloured(picture));
        }
        Pair both = reduced(picture, options.scale());
        Planes correction = Bicubic.enlarge(both.input(), options.scale());
        for (int i = 0; i < correction.values().length; i++) {
            correction.values()[i] = both.target().values()[i] - correction.values()[i];
        }
        return new Pair(both.input(), correction);
    }

    /** Luminance of a picture, and of the picture made smaller as papers do it: in 8 bits, before colours are taken away. */
    static Pair reduced(Planes picture, int scale) {
        Planes whole = picture.cropToMultiple(scale);
        return new Pair(YCbCr.luminance(Bicubic.reduce(whole, scale).quantized()), YCbCr.luminance(whole));
    }

    private Planes coloured(Planes picture) {
        if (options.channels() == 1) {
            return YCbCr.grey(picture);
        }
        return picture.channels() == 3 ? picture : Planes.join(picture, picture, picture);
    }

    private void validate(Planes picture, int index) {
        if (options.task().equals(RestorationOptions.UPSCALE)) {
            validation.add(reduced(picture, options.scale()));
            return;
        }
        Planes clean = coloured(picture);
        for (double noise : VALIDATED_NOISE) {
            Seed seed = VALIDATION_SEED.split(index).split((long) noise);
            validation.add(new Pair(Noise.added(clean, noise / PEAK, seed), clean));
        }
    }

    @Override
    public Restorer model() {
        return model;
    }

    /** Shows, at every validation, a held-out picture as it goes in, as it comes out, and as it should be. */
    public void showExamples(Consumer<List<Planes>> viewer) {
        examples = Optional.of(viewer);
    }

    /** How many pictures validate, each noise counted. */
    public int validated() {
        return validation.size();
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

    /** The error of the mean PSNR, in levels of 0..255: falls as that rises. */
    @Override
    public double validate(Workers threads) {
        List<Double> sums = threads.runAll(worker -> {
            double sum = 0;
            try (Tape tape = Tape.inference(worker.engine())) {
                for (int i = worker.index(); i < validation.size(); i += threads.count()) {
                    sum += psnr(tape, validation.get(i));
                }
            }
            return sum;
        });
        examples.ifPresent(viewer -> viewer.accept(example(threads)));
        double mean = sums.stream().mapToDouble(Double::doubleValue).sum() / validation.size();
        return PEAK * Math.pow(10, -mean / 20);
    }

    private List<Planes> example(Workers threads) {
        // Of a denoiser's three strengths the middle one.
        Pair pair = validation.get(Math.min(1, validation.size() - 1));
        Planes result = threads.runAll(worker -> {
                    if (worker.index() > 0) {
                        return pair.target();
                    }
                    try (Tape tape = Tape.inference(worker.engine())) {
                        return Restoration.restore(model, tape, pair.input());
                    }
                })
                .get(0);
        return List.of(model.base(pair.input()), result, pair.target());
    }

    private double psnr(Tape tape, Pair pair) {
        Planes result = Restoration.restore(model, tape, pair.input()).quantized();
        int border = model.scale() == 1 ? 0 : model.scale();
        Planes truth = model.scale() == 1 ? pair.target() : pair.target().quantized();
        return ImageQuality.psnr(result, truth, border);
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
                .put("name", pictures.name())
                .put("sha256", pictures.sha256())
                .put("pictures", pictures.pictures().size());
    }

    @Override
    public Measurement measure(Backend backend) {
        double sum = 0;
        try (Engine engine = backend.newEngine(1);
                Tape tape = Tape.inference(engine)) {
            for (Pair pair : validation) {
                sum += psnr(tape, pair);
            }
        }
        String what = model.scale() == 1 ? "noise of 15, 25 and 50" : "x" + model.scale() + ", luminance";
        return new Measurement(sum / validation.size(), "dB", "mean PSNR of the middle of held-out pictures, " + what);
    }

    @Override
    public void close() {
        model.close();
    }
}
