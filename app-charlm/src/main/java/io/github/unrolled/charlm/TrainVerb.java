package io.github.unrolled.charlm;

import static io.github.unrolled.app.OptionValues.positive;
import static io.github.unrolled.app.OptionValues.probability;
import static io.github.unrolled.app.OptionValues.share;

import io.github.unrolled.app.RunOptions;
import io.github.unrolled.app.UsageException;
import io.github.unrolled.app.Verb;
import io.github.unrolled.app.console.Console;
import io.github.unrolled.app.result.Result;
import io.github.unrolled.app.run.RunFolder;
import io.github.unrolled.app.train.RecipeOptions;
import io.github.unrolled.app.train.TrainingSession;
import io.github.unrolled.datasets.text.Text;
import io.github.unrolled.datasets.text.TokenWindow;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Backends;
import io.github.unrolled.model.ModelFile;
import io.github.unrolled.models.charlm.CharLmOptions;
import io.github.unrolled.models.charlm.CharLmTask;
import io.github.unrolled.train.Budget;
import io.github.unrolled.train.Recipe;
import io.github.unrolled.train.Training;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
final class TrainVerb extends Verb {
    private static final Path FOLDER = Path.of("runs", "charlm");
    private static final String DEFAULT_TEXT = "tinyshakespeare";

    @Mixin
    private final RunOptions run = new RunOptions();

    @Mixin
    private final RecipeOptions recipe = new RecipeOptions(Recipe.of(new Budget.Minutes(3), 0.004, 1));

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

    @Override
    protected Result run(Console console) throws Exception {
        CharLmOptions options = options();
        Recipe how = recipe.recipe(seed().value(), threads());
        try (RunFolder folder = run.open(FOLDER)) {
            Optional<ModelFile> checkpoint =
                    run.resume() ? Optional.of(ModelFile.read(folder.last())) : Optional.empty();
            if (checkpoint.isPresent()) {
                String file = folder.last().toString();
                CharLmOptions stored = CharLmOptions.of(file, checkpoint.get());
                RecipeOptions.refuseChanges(stored.toJson(), options.toJson(), this::given);
                options = stored;
                how = recipe.resumed(Training.recipeOf(file, checkpoint.get()), how, this::given);
            }
            Text text = data.read(checkpoint.flatMap(Training::dataOf).orElse(DEFAULT_TEXT), console);
            Backend backend = Backends.best();
            try (CharLmTask task = new CharLmTask(backend, options, how, text);
                    Training<TokenWindow> training = new Training<>(backend, how, task)) {
                if (checkpoint.isPresent()) {
                    training.restore(folder.last().toString(), checkpoint.get());
                }
                describe(console, task, text, backend, options);
                TrainingSession session = new TrainingSession(
                        console,
                        folder,
                        runInfo(Map.of(text.name(), text.sha256())),
                        new TrainingSession.Words(
                                "Training on " + text.name(), "nats per character", "chars/s", Baselines.METRIC));
                return Result.of(session.conclude(session.run(training)));
            }
        }
    }

    private static void describe(Console console, CharLmTask task, Text text, Backend backend, CharLmOptions options) {
        task.notice().ifPresent(console::remark);
        console.remark(String.format(
                Locale.ROOT,
                "%s: %,d characters, %d different; %,d train, %,d validate",
                text.name(),
                text.codePoints().length,
                task.vocabulary().size(),
                text.codePoints().length - task.validation().length,
                task.validation().length));
        console.remark(String.format(
                Locale.ROOT,
                "%s, %d layers of %d, %,d parameters; engine %s, workers: %d (a batch split over workers is faster than"
                        + " threads inside a kernel)",
                options.cell(),
                options.layers(),
                options.hidden(),
                task.model().parameterCount(),
                backend.name(),
                task.workers()));
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
