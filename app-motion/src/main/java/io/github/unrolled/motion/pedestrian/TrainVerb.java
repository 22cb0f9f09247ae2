package io.github.unrolled.motion.pedestrian;

import io.github.unrolled.app.UsageException;
import io.github.unrolled.app.train.Start;
import io.github.unrolled.app.train.TrainingVerb;
import io.github.unrolled.datasets.motion.track.EthUcy;
import io.github.unrolled.models.motion.pedestrian.PedestrianOptions;
import io.github.unrolled.motion.task.TaskOption;
import io.github.unrolled.train.Budget;
import io.github.unrolled.train.Recipe;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains a model of walkers, or continues a training. */
@Command(
        name = "train",
        description = "Train a model of walkers, or continue a training.",
        footer = {
            "  ./run motion train --fold zara1 --out runs/zara1",
            "  ./run motion train --fold zara1 --modes 1 --hidden 32 --batch 64 --epochs 8 --scaling 1.3 --noise-metres 0.02 --fit-trust",
            "  ./run motion train --data tracks/ --step-seconds 0.5 --epochs 20 --out runs/mine",
            "  ./run motion train --resume runs/mine"
        })
final class TrainVerb extends TrainingVerb {
    private static final Recipe RECIPE =
            new Recipe(new Budget.Epochs(4), 0.005, 0.05, 0, 0.99, 1, 0.99, 0, 0, 0, 1, 1, false);

    @Mixin
    private final TaskOption task = new TaskOption();

    @Mixin
    private final WalkerData data = new WalkerData();

    @Option(
            names = "--fold",
            paramLabel = "FOLD",
            description =
                    "Of eth-ucy, the scene that is left out to be tested: eth, hotel, univ, zara1, zara2; all to train"
                            + " on every scene (default: ${DEFAULT-VALUE}).")
    private String fold = "zara1";

    @Option(names = "--cell", paramLabel = "CELL", description = "lstm or gru (default: ${DEFAULT-VALUE}).")
    private String cell = "gru";

    @Option(names = "--hidden", paramLabel = "N", description = "Units of the state (default: ${DEFAULT-VALUE}).")
    private int hidden = 64;

    @Option(names = "--modes", paramLabel = "K", description = "Futures of each walker (default: ${DEFAULT-VALUE}).")
    private int modes = 20;

    @Option(
            names = "--social-radius",
            paramLabel = "M",
            description = "Metres within which walkers see each other; 0 for nobody (default: ${DEFAULT-VALUE}).")
    private double socialRadius;

    @Option(
            names = "--trust",
            paramLabel = "X",
            description =
                    "Part of what the network adds to constant velocity that a forecast keeps; less than 1 for places"
                            + " unlike those of the training (default: ${DEFAULT-VALUE}).")
    private double trust = 1;

    @Option(
            names = "--fit-trust",
            description =
                    "Find --trust after the training, on validation windows of scenes that a network was trained without:"
                            + " three more trainings, each on two thirds of the scenes; for --modes 1.")
    private boolean fitTrust;

    @Option(names = "--batch", paramLabel = "N", description = "Walkers of a batch (default: ${DEFAULT-VALUE}).")
    private int batch = 128;

    @Option(
            names = "--scaling",
            paramLabel = "X",
            description =
                    "Scale windows at random by up to this factor, up or down; 1 for not (default: ${DEFAULT-VALUE}).")
    private double scaling = 1.5;

    @Option(
            names = "--noise-metres",
            paramLabel = "M",
            description = "Greatest deviation of the noise on observed positions, metres (default: ${DEFAULT-VALUE}).")
    private double noiseMetres;

    @Option(
            names = "--window-weight",
            paramLabel = "X",
            description = "Of the sample that is best for a whole window, beside 1 for each walker's own best"
                    + " (default: ${DEFAULT-VALUE}).")
    private double windowWeight = 0.3;

    @Option(
            names = "--first-weight",
            paramLabel = "X",
            description = "Of the first sample, the single prediction (default: ${DEFAULT-VALUE}).")
    private double firstWeight = 1;

    TrainVerb() {
        super(RECIPE);
    }

    @Override
    protected Path folder() {
        return Path.of("runs", "walkers");
    }

    @Override
    protected void checkBeforehand() {
        task.require(PedestrianMotion.NAME);
        options();
    }

    @Override
    protected WalkerAssignment assignment(Start start) throws IOException {
        PedestrianOptions options = start.options(options(), PedestrianOptions::of, PedestrianOptions::toJson);
        String named = data.isPublished() ? EthUcy.ID + "/" + fold : data.name();
        return new WalkerAssignment(options, data.read(start.data(named), start.console()));
    }

    private PedestrianOptions options() {
        if (!fold.equals(WalkerData.ALL)) {
            WalkerData.foldOf(fold);
        }
        try {
            return new PedestrianOptions(
                    cell,
                    hidden,
                    modes,
                    socialRadius,
                    trust,
                    fitTrust,
                    batch,
                    scaling,
                    noiseMetres,
                    windowWeight,
                    firstWeight);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }
}
