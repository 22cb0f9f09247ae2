package io.github.unrolled.motion.skeleton;

import io.github.unrolled.app.RunOptions;
import io.github.unrolled.app.UsageException;
import io.github.unrolled.app.Verb;
import io.github.unrolled.app.console.Console;
import io.github.unrolled.app.result.Result;
import io.github.unrolled.app.run.RunFolder;
import io.github.unrolled.app.train.RecipeOptions;
import io.github.unrolled.app.train.TrainingSession;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Backends;
import io.github.unrolled.model.ModelFile;
import io.github.unrolled.models.motion.skeleton.PoseBatch;
import io.github.unrolled.models.motion.skeleton.SkeletonConfig;
import io.github.unrolled.models.motion.skeleton.SkeletonData;
import io.github.unrolled.models.motion.skeleton.SkeletonOptions;
import io.github.unrolled.models.motion.skeleton.SkeletonTask;
import io.github.unrolled.motion.task.TaskOption;
import io.github.unrolled.train.Budget;
import io.github.unrolled.train.Recipe;
import io.github.unrolled.train.Training;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains a predictor of skeletons, or continues a training. */
@Command(
        name = "train",
        description = "Train a predictor of skeletons, or continue a training.",
        footer = {
            "  ./run motion train --task skeleton --data gaits --steps 500",
            "  ./run motion train --task skeleton --data cmu --seed 2 --out runs/skeleton-2",
            "  ./run motion train --task skeleton --data bvh-files/ --minutes 5",
            "  ./run motion train --task skeleton --resume runs/skeleton"
        })
final class TrainVerb extends Verb {
    private static final Path FOLDER = Path.of("runs", "skeleton");
    private static final Recipe RECIPE =
            new Recipe(new Budget.Steps(1500), 0.002, 0.05, 0.01, 0.999, 1, 0.999, 0, 500, 0, 1, 1, false);

    @Mixin
    private final TaskOption task = new TaskOption();

    @Mixin
    private final RunOptions run = new RunOptions();

    @Mixin
    private final RecipeOptions recipe = new RecipeOptions(RECIPE);

    @Mixin
    private final SkeletonSource data = new SkeletonSource();

    @Option(
            names = "--network",
            paramLabel = "NETWORK",
            description = "spectral-gru or residual-gru (default: ${DEFAULT-VALUE}).")
    private String network = SkeletonConfig.SPECTRAL_GRU;

    @Option(names = "--recurrent", paramLabel = "N", description = "Units of the GRU (default: that of the network).")
    private @Nullable Integer recurrent;

    @Option(names = "--hidden", paramLabel = "N", description = "Units of the refined code (default: 512).")
    private @Nullable Integer hidden;

    @Option(
            names = "--refinements",
            paramLabel = "N",
            description = "How often the code is refined, always by the same weights (default: 4).")
    private @Nullable Integer refinements;

    @Option(names = "--coefficients", paramLabel = "N", description = "Frequencies of a predicted curve (default: 10).")
    private @Nullable Integer coefficients;

    @Option(names = "--dropout", paramLabel = "P", description = "Probability of dropping a unit (default: 0.15).")
    private @Nullable Double dropout;

    @Option(names = "--seen", paramLabel = "N", description = "Frames that are read (default: ${DEFAULT-VALUE}).")
    private int seen = 10;

    @Option(
            names = "--predicted",
            paramLabel = "N",
            description = "Frames that are predicted at once (default: ${DEFAULT-VALUE}).")
    private int predicted = 25;

    @Option(names = "--batch", paramLabel = "N", description = "Windows of a batch (default: ${DEFAULT-VALUE}).")
    private int batch = 64;

    @Option(
            names = "--reflect",
            paramLabel = "true|false",
            arity = "1",
            description = "Learn from motions with left and right exchanged too (default: ${DEFAULT-VALUE}).")
    private boolean reflect = true;

    @Override
    protected Result run(Console console) throws Exception {
        task.require(SkeletonMotion.NAME);
        SkeletonOptions options = options();
        Recipe how = recipe.recipe(seed().value(), threads());
        try (RunFolder folder = run.open(FOLDER)) {
            Optional<ModelFile> checkpoint =
                    run.resume() ? Optional.of(ModelFile.read(folder.last())) : Optional.empty();
            if (checkpoint.isPresent()) {
                String file = folder.last().toString();
                how = recipe.resumed(Training.recipeOf(file, checkpoint.get()), how, this::given);
                SkeletonOptions stored = SkeletonOptions.of(file, checkpoint.get());
                RecipeOptions.refuseChanges(stored.toJson(), options.toJson(), this::given);
                options = stored;
            }
            SkeletonData motions =
                    data.read(checkpoint.flatMap(Training::dataOf).orElse(SkeletonData.CMU), console);
            Backend backend = Backends.best();
            try (SkeletonTask skeletons = new SkeletonTask(backend, options, how, motions);
                    Training<PoseBatch> training = new Training<>(backend, how, skeletons)) {
                if (checkpoint.isPresent()) {
                    training.restore(folder.last().toString(), checkpoint.get());
                }
                describe(console, skeletons, motions, backend, options);
                TrainingSession session = new TrainingSession(
                        console,
                        folder,
                        runInfo(Map.of(motions.name(), motions.sha256())),
                        new TrainingSession.Words(
                                "Training on " + motions.name(), "Euler error in radians", "windows/s", "rad"));
                return Result.of(session.conclude(session.run(training)));
            }
        }
    }

    private static void describe(
            Console console, SkeletonTask task, SkeletonData motions, Backend backend, SkeletonOptions options) {
        boolean heldOut = !motions.validation().equals(motions.train());
        console.remark(String.format(
                Locale.ROOT,
                "%s: %d motions train, %s; standing still has an error of %.4f rad",
                motions.name(),
                motions.train().size(),
                heldOut
                        ? motions.validation().size() + " validate"
                        : "none is held out, so the validation is on what was learned",
                task.standingStill()));
        console.remark(String.format(
                Locale.ROOT,
                "%s, %d frames of %.1f ms seen, %d predicted, %,d parameters; engine %s, %d workers of 1 thread",
                options.network(),
                options.seen(),
                1000 * motions.frameSeconds(),
                options.predicted(),
                task.model().parameterCount(),
                backend.name(),
                task.workers()));
    }

    private SkeletonOptions options() {
        SkeletonOptions usual = network.equals(SkeletonConfig.RESIDUAL_GRU)
                ? SkeletonOptions.residualGru()
                : SkeletonOptions.spectralGru();
        try {
            return new SkeletonOptions(
                    network,
                    or(recurrent, usual.recurrent()),
                    or(hidden, usual.hidden()),
                    or(refinements, usual.refinements()),
                    or(coefficients, usual.coefficients()),
                    dropout == null ? usual.dropout() : dropout,
                    seen,
                    predicted,
                    batch,
                    reflect);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--" + e.getMessage());
        }
    }

    private static int or(@Nullable Integer given, int usual) {
        return given == null ? usual : given;
    }
}
