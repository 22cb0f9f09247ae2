package io.github.unrolled.imaging;

import static io.github.unrolled.app.OptionValues.positive;

import io.github.unrolled.app.ModelOption;
import io.github.unrolled.app.OutOption;
import io.github.unrolled.app.UsageException;
import io.github.unrolled.app.Verb;
import io.github.unrolled.app.console.Console;
import io.github.unrolled.app.console.Progress;
import io.github.unrolled.app.result.Result;
import io.github.unrolled.app.result.ResultRow;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.image.Bicubic;
import io.github.unrolled.datasets.image.IdxFile;
import io.github.unrolled.datasets.image.ImageFile;
import io.github.unrolled.datasets.image.ImageFormat;
import io.github.unrolled.datasets.image.Picture;
import io.github.unrolled.datasets.image.Planes;
import io.github.unrolled.datasets.image.YCbCr;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Backends;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.models.imaging.Reconstruction;
import io.github.unrolled.models.imaging.Restorer;
import io.github.unrolled.models.imaging.SavedAutoencoder;
import io.github.unrolled.models.imaging.SavedRestorer;
import io.github.unrolled.models.imaging.Upscaler;
import io.github.unrolled.models.zoo.Zoo;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Applies a model to the user's pictures. */
@Command(
        name = "predict",
        description = "Enlarge, denoise or redraw pictures of any size; a bad one is reported and the others are done.",
        footer = {
            "  ./run imaging predict photo.jpg",
            "  ./run imaging predict --scale 4 --out large/ 'photos/*.png'",
            "  ./run imaging predict --task denoise scans/ --out clean/ --overwrite",
            "  ./run imaging predict --task denoise --model runs/denoise scan.tif --format tif",
            "  ./run imaging predict --task autoencode digit.png"
        })
final class PredictVerb extends Verb {
    @Parameters(
            paramLabel = "PICTURE",
            arity = "0..*",
            description = "PNG, JPEG, BMP, TIFF or WebP files, folders of such, or globs.")
    private List<String> inputs = new ArrayList<>();

    @Option(names = "--task", paramLabel = "TASK", description = "upscale, denoise or autoencode (default: upscale).")
    private Job job = Job.UPSCALE;

    @Option(names = "--scale", paramLabel = "N", description = "Upscaling by 2, 3 or 4 (default: ${DEFAULT-VALUE}).")
    private int scale = 2;

    @Option(
            names = "--recursions",
            paramLabel = "N",
            description = "How often an upscaler applies its trunk: fewer is faster (default: as trained).")
    private int recursions;

    @Mixin
    private final ModelOption model = new ModelOption();

    @Mixin
    private final OutOption out = new OutOption();

    @Option(
            names = "--format",
            paramLabel = "ENDING",
            description = "png, jpg, bmp, tif or webp (default: ${DEFAULT-VALUE}).")
    private String format = "png";

    @Option(names = "--overwrite", description = "Replace results that are there already.")
    private boolean overwrite;

    @Option(
            names = "--max-megapixels",
            paramLabel = "X",
            description =
                    "Refuse larger pictures by their header, before anything is decoded (default: ${DEFAULT-VALUE}).")
    private double megapixels = ImageFile.DEFAULT_MEGAPIXELS;

    /** Makes a picture of another. */
    @FunctionalInterface
    private interface Method {
        /** Empty if it was stopped. */
        Optional<Picture> apply(Picture picture, Progress progress);
    }

    @Override
    protected Result run(Console console) throws Exception {
        if (format.contains(".") || ImageFormat.ofName(Path.of("x." + format)).isEmpty()) {
            throw new UsageException("--format is " + format + ", expected png, jpg, bmp, tif or webp");
        }
        positive("--max-megapixels", megapixels);
        Job.checkedScale(scale);
        if (out.path()
                .filter(path -> Files.exists(path) && !Files.isDirectory(path))
                .isPresent()) {
            throw new UsageException("--out is " + out.path().get() + ", which is a file; a folder is expected");
        }
        InputFiles files = InputFiles.of(inputs, Verb::sentenceOf);
        Backend backend = Backends.best();
        if (job == Job.AUTOENCODE) {
            try (SavedAutoencoder saved = model.load(job.model(scale), SavedAutoencoder::load, backend);
                    Engine engine = backend.newEngine(1);
                    Tape tape = Tape.inference(engine)) {
                return all(
                        console, files, "-redrawn", (picture, progress) -> Optional.of(redrawn(saved, tape, picture)));
            }
        }
        SavedRestorer saved = model.load(job.model(scale), SavedRestorer::load, backend);
        String suffix = job == Job.UPSCALE ? "-x" + saved.model().scale() : "-denoised";
        try (Restorers restorers = new Restorers(saved, ofColours(backend), this::checked, backend, threads())) {
            return all(
                    console,
                    files,
                    suffix,
                    (picture, progress) -> restorers
                            .of(picture)
                            .restore(
                                    picture,
                                    part -> progress.update(part, () -> size(picture)),
                                    console.interruption()::requested));
        }
    }

    /** Noise in colours is taken away by a network of its own, unless one was named. */
    private Optional<Supplier<SavedRestorer>> ofColours(Backend backend) {
        return job == Job.DENOISE && model.model().isEmpty()
                ? Optional.of(() -> Zoo.load(Job.COLOUR_DENOISER, SavedRestorer::load, backend))
                : Optional.empty();
    }

    private Restorer checked(Restorer loaded) {
        boolean upscaler = loaded instanceof Upscaler;
        if (upscaler != (job == Job.UPSCALE)) {
            throw new UsageException("--task is " + job.id() + ", and the model is "
                    + (upscaler ? "an upscaler; use --task upscale" : "a denoiser; use --task denoise"));
        }
        if (given("--scale") && upscaler && loaded.scale() != scale) {
            throw new UsageException("--scale is " + scale + ", and the model enlarges by " + loaded.scale());
        }
        if (!given("--recursions")) {
            return loaded;
        }
        if (!(loaded instanceof Upscaler recursive)) {
            throw new UsageException("--recursions is for upscaling");
        }
        try {
            return recursive.withRecursions(recursions);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--" + e.getMessage());
        }
    }

    private Result all(Console console, InputFiles files, String suffix, Method method) {
        List<ResultRow> rows = new ArrayList<>();
        List<String> failures = new ArrayList<>(files.failures());
        Map<Path, Path> taken = new HashMap<>();
        for (Map.Entry<Path, Path> each :
                new Targets(out.path(), suffix, format).of(files.inputs()).entrySet()) {
            if (console.interruption().requested()) {
                break;
            }
            try {
                Targets.claim(each.getKey(), each.getValue(), taken);
                one(console, each.getKey(), each.getValue(), method).ifPresent(rows::add);
            } catch (IOException | DataException | IllegalArgumentException e) {
                failures.add(sentenceOf(e));
            }
        }
        return new Result(rows, failures);
    }

    private Optional<ResultRow> one(Console console, Path file, Path target, Method method) throws IOException {
        if (Files.exists(target) && !overwrite) {
            throw new FileAlreadyExistsException(
                    target.toString(), null, "nothing was done for " + file + "; choose another --out or --overwrite");
        }
        long started = System.nanoTime();
        try (Picture picture = ImageFile.read(file, megapixels);
                Progress progress = Progress.start(console, String.valueOf(file.getFileName()))) {
            ImageFile.requireKept(target, picture);
            Path folder = target.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Optional<Picture> made = method.apply(picture, progress);
            if (made.isEmpty()) {
                return Optional.empty();
            }
            try (Picture result = made.get()) {
                ImageFile.write(target, result);
                double seconds = Math.round((System.nanoTime() - started) / 1e7) / 100.0;
                return Optional.of(ResultRow.of(file.toString(), "seconds", seconds, "s")
                        .with("input", size(picture))
                        .with("output", size(result))
                        .with("file", target.toString()));
            }
        }
    }

    private static String size(Picture picture) {
        return String.format(Locale.ROOT, "%dx%d", picture.width(), picture.height());
    }

    /** Grey, reduced to the size that the autoencoder knows, through its code. */
    private static Picture redrawn(SavedAutoencoder saved, Tape tape, Picture picture) {
        int size = saved.model().size();
        Planes grey = YCbCr.grey(picture.planes().channels(0, picture.colours()));
        Planes small = Bicubic.resize(grey, size, size);
        IdxFile drawn = Reconstruction.reconstruct(saved.model(), tape, new IdxFile(1, size, size, small.values()));
        return Picture.of(drawn.picture(0));
    }
}
