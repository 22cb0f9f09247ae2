package io.github.unrolled.video;

import io.github.unrolled.app.UsageException;
import io.github.unrolled.app.train.Start;
import io.github.unrolled.app.train.TrainingVerb;
import io.github.unrolled.models.video.VideoSettings;
import io.github.unrolled.train.Budget;
import io.github.unrolled.train.Recipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains a network for video, or continues a training. */
@Command(
        name = "train",
        description = "Train a network that labels frames or clips, or continue a training.",
        footer = {
            "  ./run video train --data shapes --epochs 5",
            "  ./run video train --data clips/ --minutes 5 --out runs/mine",
            "  ./run video train --data grid-s1-mouth --epochs 20 --half --out runs/lips",
            "  ./run video train --data weizmann-masks:daria --out runs/without-daria",
            "  ./run video train --resume runs/mine"
        })
final class TrainVerb extends TrainingVerb {
    private static final Recipe RECIPE =
            new Recipe(new Budget.Epochs(10), 0.002, 0.05, 0.01, 0.99, 1, 0.998, 250, 500, 0, 1, 1, false);

    @Mixin
    private final DataSource data = new DataSource();

    @Option(
            names = "--recurrence",
            paramLabel = "KIND",
            description = "gru, lstm, conv-gru, or none for the baseline without memory (default: that of the data).")
    private @Nullable String recurrence;

    @Option(names = "--hidden", paramLabel = "N", description = "Units of a recurrent layer, each way.")
    private @Nullable Integer hidden;

    @Option(names = "--layers", paramLabel = "N", description = "Recurrent layers.")
    private @Nullable Integer layers;

    @Option(
            names = "--bidirectional",
            paramLabel = "true|false",
            arity = "1",
            description = "Read clips from both ends; a network that does cannot follow a stream without delay.")
    private @Nullable Boolean bidirectional;

    @Option(
            names = "--convolutions",
            paramLabel = "N,N",
            split = ",",
            description = "Channels of the convolutions; 0 for none, with features.")
    private int @Nullable [] convolutions;

    @Option(names = "--embedding", paramLabel = "N", description = "Features of a frame's vector.")
    private @Nullable Integer embedding;

    @Option(names = "--before", paramLabel = "N", description = "Earlier frames that the first layer sees as well.")
    private @Nullable Integer before;

    @Option(names = "--ahead", paramLabel = "N", description = "Later frames that the first layer sees as well.")
    private @Nullable Integer ahead;

    @Option(names = "--pooling", paramLabel = "KIND", description = "How frames become a clip: mean or last.")
    private @Nullable String pooling;

    @Option(names = "--dropout", paramLabel = "P", description = "Probability of dropping a unit.")
    private @Nullable Double dropout;

    @Option(
            names = "--per-clip",
            paramLabel = "true|false",
            arity = "1",
            description = "Standardise every clip by its own numbers, not all by those of the set.")
    private @Nullable Boolean perClip;

    @Option(names = "--window", paramLabel = "N", description = "Frames of a window.")
    private @Nullable Integer window;

    @Option(names = "--batch", paramLabel = "N", description = "Windows of a batch.")
    private @Nullable Integer batch;

    @Option(names = "--smoothing", paramLabel = "X", description = "Weight of the loss that keeps labels steady.")
    private @Nullable Double smoothing;

    @Option(
            names = "--balance",
            paramLabel = "X",
            description = "0 for frames that weigh the same, 1 for classes that do, or something between.")
    private @Nullable Double balance;

    @Option(
            names = "--mirror-clips",
            paramLabel = "true|false",
            arity = "1",
            description = "Learn from clips with left and right exchanged too.")
    private @Nullable Boolean mirror;

    @Option(names = "--shift", paramLabel = "N", description = "Pixels by which clips are moved at random.")
    private @Nullable Integer shift;

    @Option(names = "--light", paramLabel = "X", description = "How much brightness and contrast vary at random.")
    private @Nullable Double light;

    @Option(names = "--hide", paramLabel = "N", description = "Frames in a row that are hidden at random.")
    private @Nullable Integer hide;

    @Option(
            names = "--init-from",
            paramLabel = "MODEL",
            description =
                    "Begin with the weights of this model wherever they fit: a file, a run folder, or a name that the zoo verb lists.")
    private @Nullable String initFrom;

    TrainVerb() {
        super(RECIPE);
    }

    @Override
    protected Path folder() {
        return Path.of("runs", "video");
    }

    @Override
    protected void checkBeforehand() {
        data.check();
        settings(data.name(Shapes.FRAMES));
    }

    @Override
    protected VideoAssignment assignment(Start start) throws IOException {
        String name = start.data(data.name(Shapes.FRAMES));
        VideoSettings settings = start.options(settings(name), VideoSettings::of, VideoSettings::toJson);
        return new VideoAssignment(settings, data.read(name, start.console()), Optional.ofNullable(initFrom));
    }

    private VideoSettings settings(String name) {
        VideoSettings usual = DataSource.preset(name);
        try {
            return new VideoSettings(
                    or(before, usual.before()),
                    or(ahead, usual.ahead()),
                    convolutions == null
                            ? usual.convolutions()
                            : java.util.Arrays.stream(convolutions)
                                    .filter(count -> count != 0)
                                    .boxed()
                                    .toList(),
                    or(embedding, usual.embedding()),
                    or(recurrence, usual.recurrence()),
                    or(hidden, usual.hidden()),
                    or(layers, usual.layers()),
                    or(bidirectional, usual.bidirectional() && !isOneWay()),
                    or(pooling, usual.pooling()),
                    or(dropout, usual.dropout()),
                    or(perClip, usual.perClip()),
                    or(window, usual.window()),
                    or(batch, usual.batch()),
                    or(smoothing, usual.smoothing()),
                    or(balance, usual.balance()),
                    or(mirror, usual.mirrorClips()),
                    or(shift, usual.shift()),
                    or(light, usual.light()),
                    or(hide, usual.hide()));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--" + e.getMessage());
        }
    }

    /** What has one direction only is not asked for two. */
    private boolean isOneWay() {
        return recurrence != null && List.of("none", "conv-gru").contains(recurrence);
    }

    private static <T> T or(@Nullable T given, T usual) {
        return given == null ? usual : given;
    }
}
