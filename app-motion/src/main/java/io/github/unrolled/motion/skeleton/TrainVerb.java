package io.github.unrolled.motion.skeleton;

import io.github.unrolled.app.UsageException;
import io.github.unrolled.app.train.Start;
import io.github.unrolled.app.train.TrainingVerb;
import io.github.unrolled.models.motion.skeleton.SkeletonConfig;
import io.github.unrolled.models.motion.skeleton.SkeletonData;
import io.github.unrolled.models.motion.skeleton.SkeletonOptions;
import io.github.unrolled.motion.task.TaskOption;
import io.github.unrolled.train.Budget;
import io.github.unrolled.train.Recipe;
import java.io.IOException;
import java.nio.file.Path;
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
final class TrainVerb extends TrainingVerb {
    private static final Recipe RECIPE =
            new Recipe(new Budget.Steps(1500), 0.002, 0.05, 0.01, 0.999, 1, 0.999, 0, 500, 0, 1, 1, false);

    @Mixin
    private final TaskOption task = new TaskOption();

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

    TrainVerb() {
        super(RECIPE);
    }

    @Override
    protected Path folder() {
        return Path.of("runs", "skeleton");
    }

    @Override
    protected void checkBeforehand() {
        task.require(SkeletonMotion.NAME);
        options();
    }

    @Override
    protected SkeletonAssignment assignment(Start start) throws IOException {
        SkeletonOptions options = start.options(options(), SkeletonOptions::of, SkeletonOptions::toJson);
        return new SkeletonAssignment(options, data.read(start.data(SkeletonData.CMU), start.console()));
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
