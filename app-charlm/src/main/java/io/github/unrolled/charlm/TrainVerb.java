package io.github.unrolled.charlm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.unrolled.app.BudgetOptions;
import io.github.unrolled.app.RunOptions;
import io.github.unrolled.app.UsageException;
import io.github.unrolled.app.Verb;
import io.github.unrolled.app.console.Console;
import io.github.unrolled.app.console.Progress;
import io.github.unrolled.app.result.Result;
import io.github.unrolled.app.result.ResultRow;
import io.github.unrolled.app.run.Curve;
import io.github.unrolled.app.run.MetricsLog;
import io.github.unrolled.app.run.RunFolder;
import io.github.unrolled.app.run.RunInfo;
import io.github.unrolled.app.run.TrainingRecorder;
import io.github.unrolled.datasets.text.Text;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Backends;
import io.github.unrolled.model.ModelFile;
import io.github.unrolled.models.charlm.CharLmTraining;
import io.github.unrolled.train.Budget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    /** What may be given anew when a run is resumed. */
    private static final Set<String> CHANGEABLE =
            Set.of("--steps", "--epochs", "--minutes", "--checkpoint-every", "--half");

    @Mixin
    private final RunOptions run = new RunOptions();

    @Mixin
    private final BudgetOptions budget = new BudgetOptions();

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
            names = "--learning-rate",
            paramLabel = "X",
            description = "Greatest learning rate, between warm-up and cosine (default: ${DEFAULT-VALUE}).")
    private double learningRate = 0.004;

    @Option(
            names = "--warmup",
            paramLabel = "X",
            description = "Part of the run in which the rate grows (default: ${DEFAULT-VALUE}).")
    private double warmup = 0.02;

    @Option(
            names = "--weight-decay",
            paramLabel = "X",
            description = "Decoupled weight decay (default: ${DEFAULT-VALUE}).")
    private double weightDecay;

    @Option(
            names = "--clip",
            paramLabel = "X",
            description = "Greatest global norm of the gradient (default: ${DEFAULT-VALUE}).")
    private double clip = 1;

    @Option(
            names = "--average",
            paramLabel = "X",
            description = "Decay of the average of the weights that is evaluated and kept; 0 for none"
                    + " (default: ${DEFAULT-VALUE}).")
    private double average;

    @Option(
            names = "--evaluate-every",
            paramLabel = "N",
            description = "Steps between validations; 0 for one at the end (default: ${DEFAULT-VALUE}).")
    private long evaluateEvery = 500;

    @Option(
            names = "--checkpoint-every",
            paramLabel = "N",
            description = "Steps between checkpoints; 0 for one at the end (default: ${DEFAULT-VALUE}).")
    private long checkpointEvery = 500;

    @Option(
            names = "--patience",
            paramLabel = "N",
            description = "Stop after so many validations without a new best; 0 for never (default: ${DEFAULT-VALUE}).")
    private int patience;

    @Option(
            names = "--split",
            paramLabel = "X",
            description = "Part of the text that trains; the rest validates (default: ${DEFAULT-VALUE}).")
    private double split = 0.9;

    @Option(
            names = "--half",
            description =
                    "Store the best model in half precision: half the size; its loss is measured as it is stored.")
    private boolean half;

    @Override
    protected Result run(Console console) throws Exception {
        CharLmTraining.Options options = options();
        try (RunFolder folder = run.open(FOLDER)) {
            Optional<ModelFile> checkpoint =
                    run.resume() ? Optional.of(ModelFile.read(folder.last())) : Optional.empty();
            if (checkpoint.isPresent()) {
                options = resumed(CharLmTraining.optionsOf(folder.last().toString(), checkpoint.get()), options);
            }
            String from = checkpoint
                    .map(file -> file.description()
                            .path("provenance")
                            .path("data")
                            .path("name")
                            .asText())
                    .orElse("tinyshakespeare");
            Text text = data.read(from, console);
            Backend backend = Backends.best();
            try (CharLmTraining training = new CharLmTraining(backend, options, text)) {
                if (checkpoint.isPresent()) {
                    training.restore(folder.last().toString(), checkpoint.get());
                }
                return train(console, folder, training, text, backend, options);
            }
        }
    }

    private Result train(
            Console console,
            RunFolder folder,
            CharLmTraining training,
            Text text,
            Backend backend,
            CharLmTraining.Options options)
            throws IOException {
        describe(console, training, text, backend, options);
        RunInfo info = runInfo(Map.of(text.name(), text.sha256()));
        boolean resuming = run.resume();
        if (resuming) {
            folder.describeResumed(info, training.steps());
        } else {
            folder.describe(info);
        }
        CharLmTraining.Report report;
        try (MetricsLog log = resuming
                        ? folder.metricsAfter(training.steps(), TrainingRecorder.COLUMNS)
                        : folder.metrics(TrainingRecorder.COLUMNS);
                Progress progress = Progress.start(console, "training")) {
            TrainingRecorder recorder = new TrainingRecorder(log, progress, "chars/s", "nats/char");
            report = training.run(
                    folder.best(),
                    folder.last(),
                    String.join(" ", info.commandLine()),
                    recorder,
                    recorder::before,
                    console.interruption()::requested);
            recorder.flush();
        }
        // A virtual machine that is being shut down cannot load what draws.
        if (!console.interruption().requested()) {
            Curve.of(folder.metricsFile(), "Training on " + text.name(), "nats per character", "validation")
                    .write(folder.curveFile());
        }
        return result(console, folder, report);
    }

    private static Result result(Console console, RunFolder folder, CharLmTraining.Report report) {
        if (!report.outcome().completed()) {
            console.remark("stopped after step " + report.outcome().steps()
                    + "; continue with: ./run charlm train --resume " + folder.path());
            return Result.none();
        }
        console.remark(String.format(
                Locale.ROOT,
                "%d steps in %s; the best model is %s",
                report.outcome().steps(),
                Progress.duration(report.outcome().seconds()),
                folder.best()));
        List<ResultRow> rows = new ArrayList<>();
        rows.add(ResultRow.of("validation", "nats/char", report.validation(), "nats/char")
                .with("protocol", "full pass, carried state")
                .with("steps", report.outcome().steps())
                .with("training_minutes", Math.round(report.outcome().seconds() / 0.6) / 100.0));
        return Result.of(rows);
    }

    private void describe(
            Console console, CharLmTraining training, Text text, Backend backend, CharLmTraining.Options options) {
        training.notice().ifPresent(console::remark);
        console.remark(String.format(
                Locale.ROOT,
                "%s: %,d characters, %d different; %,d train, %,d validate",
                text.name(),
                text.codePoints().length,
                training.vocabulary().size(),
                text.codePoints().length - training.validation().length,
                training.validation().length));
        console.remark(String.format(
                Locale.ROOT,
                "%s, %d layers of %d, %,d parameters; engine %s, %d workers of 1 thread (a batch split over workers is"
                        + " faster than threads inside a kernel)",
                options.cell(),
                options.layers(),
                options.hidden(),
                training.model().parameterCount(),
                backend.name(),
                options.workers()));
    }

    private CharLmTraining.Options options() {
        Budget length = budget.orElse(new Budget.Minutes(3));
        return new CharLmTraining.Options(
                checkedCell(),
                positive("--hidden", hidden),
                positive("--layers", layers),
                probability("--dropout", dropout),
                probability("--recurrent-dropout", recurrentDropout),
                positive("--batch", batch),
                positive("--window", window),
                length instanceof Budget.Steps b ? b.count() : 0,
                length instanceof Budget.Epochs b ? b.count() : 0,
                length instanceof Budget.Minutes b ? b.count() : 0,
                positive("--learning-rate", learningRate),
                probability("--warmup", warmup),
                notNegative("--weight-decay", weightDecay),
                positive("--clip", clip),
                probability("--average", average),
                notNegative("--evaluate-every", evaluateEvery),
                notNegative("--checkpoint-every", checkpointEvery),
                Math.toIntExact(notNegative("--patience", patience)),
                share(split),
                seed().value(),
                threads(),
                half);
    }

    /** The stored options, with a budget and intervals that were given anew; anything else would be another run. */
    private CharLmTraining.Options resumed(CharLmTraining.Options stored, CharLmTraining.Options now) {
        refuseChanges(stored.toJson(), now.toJson());
        boolean again = given("--steps") || given("--epochs") || given("--minutes");
        return new CharLmTraining.Options(
                stored.cell(),
                stored.hidden(),
                stored.layers(),
                stored.dropout(),
                stored.recurrentDropout(),
                stored.batch(),
                stored.window(),
                again ? now.steps() : stored.steps(),
                again ? now.epochs() : stored.epochs(),
                again ? now.minutes() : stored.minutes(),
                stored.learningRate(),
                stored.warmup(),
                stored.weightDecay(),
                stored.clip(),
                stored.average(),
                stored.evaluateEvery(),
                given("--checkpoint-every") ? now.checkpointEvery() : stored.checkpointEvery(),
                stored.patience(),
                stored.split(),
                stored.seed(),
                stored.workers(),
                given("--half") ? now.half() : stored.half());
    }

    private void refuseChanges(ObjectNode stored, ObjectNode now) {
        stored.properties().forEach(entry -> {
            String name = entry.getKey();
            String option = name.equals("workers")
                    ? "--threads"
                    : "--" + name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            JsonNode value = now.path(name);
            if (given(option) && !CHANGEABLE.contains(option) && !value.equals(entry.getValue())) {
                throw new UsageException(option + " is " + value.asText() + " and the run to resume has "
                        + entry.getValue().asText() + "; leave it out, or start another run");
            }
        });
    }

    private String checkedCell() {
        if (!List.of("lstm", "gru", "rnn").contains(cell)) {
            throw new UsageException("--cell is " + cell + ", expected lstm, gru or rnn");
        }
        return cell;
    }

    private static int positive(String option, int value) {
        if (value < 1) {
            throw new UsageException(option + " is " + value + ", expected 1 or more");
        }
        return value;
    }

    private static double positive(String option, double value) {
        if (!(value > 0)) {
            throw new UsageException(option + " is " + value + ", expected more than 0");
        }
        return value;
    }

    private static long notNegative(String option, long value) {
        if (value < 0) {
            throw new UsageException(option + " is " + value + ", expected 0 or more");
        }
        return value;
    }

    private static double notNegative(String option, double value) {
        if (!(value >= 0)) {
            throw new UsageException(option + " is " + value + ", expected 0 or more");
        }
        return value;
    }

    private static double probability(String option, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new UsageException(option + " is " + value + ", expected at least 0 and less than 1");
        }
        return value;
    }

    private static double share(double value) {
        if (!(value > 0 && value < 1)) {
            throw new UsageException("--split is " + value + ", expected more than 0 and less than 1");
        }
        return value;
    }
}
