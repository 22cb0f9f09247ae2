package io.github.unrolled.charlm;

import static io.github.unrolled.app.OptionValues.positive;
import static io.github.unrolled.app.OptionValues.probability;
import static io.github.unrolled.app.OptionValues.share;

import io.github.unrolled.app.UsageException;
import io.github.unrolled.app.train.Start;
import io.github.unrolled.app.train.TrainingVerb;
import io.github.unrolled.models.charlm.CharLmOptions;
import io.github.unrolled.train.Budget;
import io.github.unrolled.train.Recipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains on a text, or continues a training. */
@Command(
        name = "train",
        description = "Train a model on a text, or continue a training.",
        footer = {
            "  ./run charlm train --data tinyshakespeare --minutes 3",
            "  ./run charlm train --data novel.txt --hidden 512 --dropout 0.4 --epochs 20 --out runs/novel",
            "  ./run charlm train --resume runs/novel"
        })
final class TrainVerb extends TrainingVerb {
    private static final String DEFAULT_TEXT = "tinyshakespeare";

    @Mixin
    private final TextOptions data = new TextOptions();

    @Option(names = "--cell", paramLabel = "CELL", description = "lstm, gru or rnn (default: ${DEFAULT-VALUE}).")
    private String cell = "gru";

    @Option(names = "--hidden", paramLabel = "N", description = "Units of a layer (default: ${DEFAULT-VALUE}).")
    private int hidden = 256;

    @Option(names = "--layers", paramLabel = "N", description = "Layers (default: ${DEFAULT-VALUE}).")
    private int layers = 2;

    @Option(
            names = "--dropout",
            paramLabel = "P",
            description =
                    "Probability of dropping a unit between layers and before the output; worth it when a model is"
                            + " large for its text (default: ${DEFAULT-VALUE}).")
    private double dropout;

    @Option(
            names = "--recurrent-dropout",
            paramLabel = "P",
            description = "Probability of dropping a recurrent weight (default: ${DEFAULT-VALUE}).")
    private double recurrentDropout;

    @Option(names = "--batch", paramLabel = "N", description = "Parallel streams (default: ${DEFAULT-VALUE}).")
    private int batch = 32;

    @Option(
            names = "--window",
            paramLabel = "N",
            description = "Steps of truncated backpropagation (default: ${DEFAULT-VALUE}).")
    private int window = 64;

    @Option(
            names = "--split",
            paramLabel = "X",
            description = "Part of the text that trains; the rest validates (default: ${DEFAULT-VALUE}).")
    private double split = 0.9;

    TrainVerb() {
        super(Recipe.of(new Budget.Minutes(3), 0.004, 1));
    }

    @Override
    protected Path folder() {
        return Path.of("runs", "charlm");
    }

    @Override
    protected void checkBeforehand() {
        options();
    }

    @Override
    protected TextAssignment assignment(Start start) throws IOException {
        CharLmOptions options = start.options(options(), CharLmOptions::of, CharLmOptions::toJson);
        return new TextAssignment(options, data.read(start.data(DEFAULT_TEXT), start.console()));
    }

    private CharLmOptions options() {
        return new CharLmOptions(
                checkedCell(),
                positive("--hidden", hidden),
                positive("--layers", layers),
                probability("--dropout", dropout),
                probability("--recurrent-dropout", recurrentDropout),
                positive("--batch", batch),
                positive("--window", window),
                share("--split", split));
    }

    private String checkedCell() {
        if (!List.of("lstm", "gru", "rnn").contains(cell)) {
            throw new UsageException("--cell is " + cell + ", expected lstm, gru or rnn");
        }
        return cell;
    }
}
