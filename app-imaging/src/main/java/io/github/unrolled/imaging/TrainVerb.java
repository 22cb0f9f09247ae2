package io.github.unrolled.imaging;

import io.github.unrolled.app.DataOptions;
import io.github.unrolled.app.RunOptions;
import io.github.unrolled.app.UsageException;
import io.github.unrolled.app.Verb;
import io.github.unrolled.app.console.Console;
import io.github.unrolled.app.result.Result;
import io.github.unrolled.app.run.RunFolder;
import io.github.unrolled.app.train.RecipeOptions;
import io.github.unrolled.app.train.TrainingSession;
import io.github.unrolled.datasets.image.PatchBatch;
import io.github.unrolled.datasets.image.PictureSet;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Backends;
import io.github.unrolled.model.ModelFile;
import io.github.unrolled.models.imaging.AutoencoderOptions;
import io.github.unrolled.models.imaging.AutoencoderTask;
import io.github.unrolled.models.imaging.ImagingRecipe;
import io.github.unrolled.models.imaging.RestorationOptions;
import io.github.unrolled.models.imaging.RestorationTask;
import io.github.unrolled.train.Budget;
import io.github.unrolled.train.Recipe;
import io.github.unrolled.train.Task;
import io.github.unrolled.train.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains a network on pictures, or continues a training. */
@Command(
        name = "train",
        description = "Train on pictures, or continue a training; curve and example pictures lie in the run's folder.",
        footer = {
            "  ./run imaging train --task upscale --scale 2 --data yang91+bsd200 --minutes 18",
            "  ./run imaging train --task denoise --data my-photos/ --minutes 30 --out runs/denoise",
            "  ./run imaging train --task upscale --scale 3 --init-from runs/upscale-x2 --data dead-leaves",
            "  ./run imaging train --task autoencode --kind recurrent --minutes 3",
            "  ./run imaging train --resume runs/denoise"
        })
final class TrainVerb extends Verb {
    @Mixin
    private final RunOptions run = new RunOptions();

    @Mixin
    private final RecipeOptions recipe = new RecipeOptions(ImagingRecipe.of(new Budget.Minutes(10), 1, 1));

    @Mixin
    private final DataOptions data = new DataOptions();

    @Option(names = "--task", paramLabel = "TASK", description = "upscale, denoise or autoencode (default: upscale).")
    private Job job = Job.UPSCALE;

    @Mixin
    private final NetworkOptions network = new NetworkOptions();

    @Option(
            names = "--init-from",
            paramLabel = "MODEL",
            description = "Begin with the weights of this model file or run folder wherever they fit.")
    private @Nullable Path initFrom;

    @Override
    protected Result run(Console console) throws Exception {
        Recipe how = recipe.recipe(seed().value(), threads());
        Path otherwise = Path.of("runs", "imaging-" + job.id());
        try (RunFolder folder = run.open(otherwise)) {
            Optional<ModelFile> checkpoint =
                    run.resume() ? Optional.of(ModelFile.read(folder.last())) : Optional.empty();
            if (checkpoint.isPresent()) {
                String file = folder.last().toString();
                how = recipe.resumed(Training.recipeOf(file, checkpoint.get()), how, this::given);
                job = resumedJob(jobOf(file, checkpoint.get()));
            }
            Backend backend = Backends.best();
            return job == Job.AUTOENCODE
                    ? autoencode(console, folder, checkpoint, how, backend)
                    : restore(console, folder, checkpoint, how, backend);
        }
    }

    private Job resumedJob(Job stored) {
        if (given("--task") && job != stored) {
            throw new UsageException("--task is " + job.id() + ", and the run that is resumed is of " + stored.id());
        }
        if (given("--init-from")) {
            throw new UsageException("--init-from begins a run; leave it out with --resume");
        }
        return stored;
    }

    private static Job jobOf(String file, ModelFile checkpoint) {
        return checkpoint.description().path("type").asText().endsWith("autoencoder")
                ? Job.AUTOENCODE
                : Job.valueOf(RestorationOptions.of(file, checkpoint).task().toUpperCase(Locale.ROOT));
    }

    private Result restore(
            Console console, RunFolder folder, Optional<ModelFile> checkpoint, Recipe how, Backend backend)
            throws IOException {
        RestorationOptions options = network.restoration(job);
        if (checkpoint.isPresent()) {
            RestorationOptions stored = RestorationOptions.of(folder.last().toString(), checkpoint.get());
            RecipeOptions.refuseChanges(stored.toJson(), options.toJson(), this::given);
            options = stored;
        }
        String usual = job == Job.UPSCALE ? "yang91+bsd200" : options.channels() == 1 ? "train400" : "bsd200";
        PictureSet pictures = Pictures.read(name(checkpoint, usual), data, console);
        try (RestorationTask task = new RestorationTask(backend, options, how, pictures)) {
            if (initFrom != null) {
                Path file = Files.isDirectory(initFrom) ? initFrom.resolve("best.zip") : initFrom;
                console.remark(String.format(
                        Locale.ROOT,
                        "%,d of %,d parameters begin as in %s",
                        task.initialise(file.toString(), ModelFile.read(file)),
                        task.model().parameterCount(),
                        file));
            }
            task.showExamples(new ExampleFolder(folder.path()));
            console.remark(String.format(
                    Locale.ROOT,
                    "%s: %d pictures, %d validations",
                    pictures.name(),
                    pictures.pictures().size(),
                    task.validated()));
            return train(
                    console,
                    folder,
                    checkpoint,
                    how,
                    backend,
                    task,
                    Map.of(pictures.name(), pictures.sha256()),
                    new TrainingSession.Words(
                            "Training on " + pictures.name(), "error in levels of 255", "pixels/s", "levels"));
        }
    }

    private Result autoencode(
            Console console, RunFolder folder, Optional<ModelFile> checkpoint, Recipe how, Backend backend)
            throws IOException {
        AutoencoderOptions options = network.autoencoder();
        if (checkpoint.isPresent()) {
            AutoencoderOptions stored = AutoencoderOptions.of(folder.last().toString(), checkpoint.get());
            RecipeOptions.refuseChanges(stored.toJson(), options.toJson(), this::given);
            options = stored;
        }
        if (initFrom != null) {
            throw new UsageException("--init-from is for upscale and denoise, not for autoencode");
        }
        AutoencoderTask.Data pictures = Pictures.small(name(checkpoint, "mnist"), false, data, console);
        try (AutoencoderTask task = new AutoencoderTask(backend, options, how, pictures)) {
            task.showExamples(new ExampleFolder(folder.path()));
            return train(
                    console,
                    folder,
                    checkpoint,
                    how,
                    backend,
                    task,
                    Map.of(pictures.name(), pictures.sha256()),
                    new TrainingSession.Words(
                            "Training on " + pictures.name(), "mean squared error", "pictures/s", "mse"));
        }
    }

    private String name(Optional<ModelFile> checkpoint, String usual) {
        return data.data().or(() -> checkpoint.flatMap(Training::dataOf)).orElse(usual);
    }

    private Result train(
            Console console,
            RunFolder folder,
            Optional<ModelFile> checkpoint,
            Recipe how,
            Backend backend,
            Task<PatchBatch> task,
            Map<String, String> hashes,
            TrainingSession.Words words)
            throws IOException {
        try (Training<PatchBatch> training = new Training<>(backend, how, task)) {
            if (checkpoint.isPresent()) {
                training.restore(folder.last().toString(), checkpoint.get());
            }
            console.remark(String.format(
                    Locale.ROOT,
                    "%,d parameters; engine %s, %d workers",
                    task.model().parameterCount(),
                    backend.name(),
                    task.workers()));
            TrainingSession session = new TrainingSession(console, folder, runInfo(hashes), words);
            return Result.of(session.conclude(session.run(training)));
        }
    }
}
