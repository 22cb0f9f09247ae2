package io.github.unrolled.models.charlm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.text.Text;
import io.github.unrolled.datasets.text.TokenWindow;
import io.github.unrolled.datasets.text.Vocabulary;
import io.github.unrolled.datasets.text.WindowedText;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.model.ModelFile;
import io.github.unrolled.model.ModelFileException;
import io.github.unrolled.model.StoredType;
import io.github.unrolled.model.Version;
import io.github.unrolled.models.charlm.CharLmConfig.CellType;
import io.github.unrolled.nn.Parameters;
import io.github.unrolled.random.Seed;
import io.github.unrolled.train.AdamW;
import io.github.unrolled.train.Budget;
import io.github.unrolled.train.CheckpointFile;
import io.github.unrolled.train.Checkpoints;
import io.github.unrolled.train.Schedule;
import io.github.unrolled.train.Snapshot;
import io.github.unrolled.train.SnapshotException;
import io.github.unrolled.train.Trainer;
import io.github.unrolled.train.TrainerOptions;
import io.github.unrolled.train.TrainingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** Trains a character model on a text: the parts put together, and its files written. */
public final class CharLmTraining implements AutoCloseable {
    /** Pieces per worker that a validation runs side by side, and the characters each reads before it counts. */
    private static final int EVALUATION_STREAMS = 16;

    private static final int EVALUATION_CONTEXT = 128;
    private static final double BETA2 = 0.99;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Backend backend;
    private final Options options;
    private final Text text;
    private final Vocabulary vocabulary;
    private final CharLm model;
    private final WindowedText source;
    private final CharLmObjective objective;
    private final AdamW optimizer;
    private final Trainer<TokenWindow> trainer;
    private final int[] validation;
    private Optional<String> startedBy = Optional.empty();

    /**
     * What to train and how. Exactly one of steps, epochs and minutes is positive.
     *
     * @param cell lstm, gru or rnn
     * @param hidden features of a layer
     * @param layers how many
     * @param dropout probability of dropping a unit between layers and before the output
     * @param recurrentDropout probability of dropping a recurrent weight
     * @param batch parallel streams
     * @param window steps of truncated backpropagation
     * @param steps budget in steps, or 0
     * @param epochs budget in passes over the training text, or 0
     * @param minutes budget in minutes, or 0
     * @param learningRate greatest learning rate, after warm-up and before the cosine
     * @param warmup part of the run in which the rate grows
     * @param weightDecay decoupled weight decay
     * @param clip greatest global norm of the gradient
     * @param average decay of the average of the weights that is evaluated and kept, or 0
     * @param evaluateEvery steps between validations, or 0 for one at the end
     * @param checkpointEvery steps between checkpoints, or 0 for one at the end
     * @param patience validations without a new best after which training stops, or 0
     * @param split part of the text that trains; the rest validates
     * @param seed of everything random
     * @param workers threads that share a batch
     * @param half whether the best model is stored in half precision, and measured as it is stored
     */
    public record Options(
            String cell,
            int hidden,
            int layers,
            double dropout,
            double recurrentDropout,
            int batch,
            int window,
            long steps,
            double epochs,
            double minutes,
            double learningRate,
            double warmup,
            double weightDecay,
            double clip,
            double average,
            long evaluateEvery,
            long checkpointEvery,
            int patience,
            double split,
            long seed,
            int workers,
            boolean half) {

        /** Checks the ranges: what a checkpoint says arrives here as well. */
        public Options {
            CellType.of(cell);
            require(hidden >= 1, "hidden", hidden, "1 or more");
            require(layers >= 1, "layers", layers, "1 or more");
            require(dropout >= 0 && dropout < 1, "dropout", dropout, "at least 0 and less than 1");
            require(
                    recurrentDropout >= 0 && recurrentDropout < 1,
                    "recurrentDropout",
                    recurrentDropout,
                    "at least 0 and less than 1");
            require(batch >= 1, "batch", batch, "1 or more");
            require(window >= 1, "window", window, "1 or more");
            require(steps >= 0, "steps", steps, "0 or more");
            require(epochs >= 0 && Double.isFinite(epochs), "epochs", epochs, "0 or more");
            require(minutes >= 0 && Double.isFinite(minutes), "minutes", minutes, "0 or more");
            require(learningRate > 0 && Double.isFinite(learningRate), "learningRate", learningRate, "more than 0");
            require(warmup >= 0 && warmup < 1, "warmup", warmup, "at least 0 and less than 1");
            require(weightDecay >= 0 && Double.isFinite(weightDecay), "weightDecay", weightDecay, "0 or more");
            require(clip > 0, "clip", clip, "more than 0");
            require(average >= 0 && average < 1, "average", average, "at least 0 and less than 1");
            require(evaluateEvery >= 0, "evaluateEvery", evaluateEvery, "0 or more");
            require(checkpointEvery >= 0, "checkpointEvery", checkpointEvery, "0 or more");
            require(patience >= 0, "patience", patience, "0 or more");
            require(split > 0 && split < 1, "split", split, "more than 0 and less than 1");
            require(workers >= 1, "workers", workers, "1 or more");
            if ((steps > 0 ? 1 : 0) + (epochs > 0 ? 1 : 0) + (minutes > 0 ? 1 : 0) != 1) {
                throw new IllegalArgumentException("exactly one of steps, epochs and minutes is more than 0, not "
                        + steps + ", " + epochs + " and " + minutes);
            }
        }

        private static void require(boolean right, String name, Number value, String expected) {
            if (!right) {
                throw new IllegalArgumentException(name + " is " + value + ", expected " + expected);
            }
        }

        /** These options as JSON, by the names of the components. */
        public ObjectNode toJson() {
            return JSON.valueToTree(this);
        }

        /** Options that were stored as JSON. */
        public static Options ofJson(String source, ObjectNode json) {
            try {
                return JSON.treeToValue(json, Options.class);
            } catch (JsonProcessingException e) {
                String reason = e.getCause() instanceof IllegalArgumentException range
                        ? String.valueOf(range.getMessage())
                        : e.getOriginalMessage();
                throw new ModelFileException(
                        source + " is damaged: its training options cannot be read (" + reason + ")", e);
            }
        }

        Budget budget() {
            if (steps > 0) {
                return new Budget.Steps(steps);
            }
            return epochs > 0 ? new Budget.Epochs(epochs) : new Budget.Minutes(minutes);
        }
    }

    /** Sets up a training; see {@link #restore} for one that goes on. */
    public CharLmTraining(Backend backend, Options options, Text text) {
        this.backend = backend;
        this.options = options;
        this.text = text;
        this.vocabulary = Vocabulary.of(text.codePoints());
        int[] tokens = vocabulary.encode(text.codePoints());
        int trained = Text.trainingLength(tokens.length, options.split);
        if (trained <= options.window) {
            throw new DataException(text.name() + " has " + tokens.length + " characters, of which " + trained
                    + " train, and a window of " + options.window + " needs " + (options.window + 1)
                    + "; use a longer text or a smaller --window");
        }
        this.validation = Arrays.copyOfRange(tokens, trained, tokens.length);
        Seed seed = new Seed(options.seed);
        this.source =
                new WindowedText(Arrays.copyOf(tokens, trained), options.batch, options.window, seed.split("offset"));
        CharLmConfig config = new CharLmConfig(
                CellType.of(options.cell),
                vocabulary.size(),
                options.hidden,
                options.hidden,
                options.layers,
                options.dropout,
                options.recurrentDropout);
        this.model = new CharLm(config, new Parameters(backend, seed.split("init")));
        int workers = Math.min(options.workers, source.batch());
        this.objective = new CharLmObjective(model, backend, workers);
        this.optimizer =
                new AdamW(new AdamW.Options(0.9, BETA2, 1e-8, options.weightDecay), backend, model.parameters());
        TrainerOptions training = new TrainerOptions(
                options.budget(),
                options.learningRate,
                new Schedule.WarmupCosine(options.warmup, 0),
                options.clip,
                options.average,
                options.evaluateEvery,
                options.checkpointEvery,
                options.patience,
                workers,
                1);
        this.trainer = new Trainer<>(backend, training, objective, source, optimizer, seed);
    }

    /** The network that is trained. */
    public CharLm model() {
        return model;
    }

    /** The characters of the text. */
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    /** The part of the text that validates, as tokens. */
    public int[] validation() {
        return validation.clone();
    }

    /** The part of the text that trains, as tokens. */
    public int[] training() {
        int[] tokens = vocabulary.encode(text.codePoints());
        return Arrays.copyOf(tokens, Text.trainingLength(tokens.length, options.split));
    }

    /** What the user should know before training starts. */
    public Optional<String> notice() {
        return source.notice();
    }

    /** How many steps were done so far. */
    public long steps() {
        return trainer.steps();
    }

    /**
     * Goes back to a checkpoint.
     *
     * @param file the checkpoint's name, for messages
     * @throws SnapshotException if it is of another text or other options
     */
    public void restore(String file, ModelFile checkpoint) {
        String trainedOn = checkpoint
                .description()
                .path("provenance")
                .path("data")
                .path("sha256")
                .asText();
        if (!trainedOn.equals(text.sha256())) {
            throw new SnapshotException(file + " was trained on another text than " + text.name()
                    + " (their SHA-256 differ); resume with the --data that the run was started with");
        }
        try {
            trainer.restore(CheckpointFile.snapshot(file, checkpoint));
        } catch (SnapshotException e) {
            throw new SnapshotException(file + ": " + e.getMessage());
        }
        JsonNode command = checkpoint.description().path("provenance").path("command");
        startedBy = Optional.of(command.asText()).filter(text -> !text.isEmpty());
    }

    /**
     * The options that a checkpoint was made with.
     *
     * @throws ModelFileException if it does not say, or says what cannot be; before anything of that size is allocated
     */
    public static Options optionsOf(String file, ModelFile checkpoint) {
        if (!(checkpoint.description().path("provenance").path("configuration") instanceof ObjectNode configuration)) {
            throw new ModelFileException(file + " does not say how it was trained, so training cannot go on from it");
        }
        Options options = Options.ofJson(file, configuration);
        CharLmConfig stored = SavedCharLm.config(file, checkpoint, SavedCharLm.vocabulary(file, checkpoint));
        if (!stored.cell().id().equals(options.cell)
                || stored.hidden() != options.hidden
                || stored.layers() != options.layers) {
            throw new ModelFileException(file + " is damaged: it was trained as " + options.cell + " with "
                    + options.layers + " layers of " + options.hidden + ", and its architecture is "
                    + stored.cell().id() + " with " + stored.layers() + " layers of " + stored.hidden());
        }
        return options;
    }

    /**
     * What a training came to.
     *
     * @param outcome of the trainer
     * @param validation nats per character of the best model, one full pass with carried state; NaN if the run was stopped
     *     before the first validation
     */
    public record Report(Trainer.Outcome outcome, double validation) {}

    /**
     * Trains and writes {@code best} and {@code last}.
     *
     * @param command what the user typed, for the provenance; of a resumed run, what it was first started with stays
     * @param around wraps the checkpoints, to write metrics first
     */
    public Report run(
            Path best,
            Path last,
            String command,
            TrainingListener listener,
            UnaryOperator<Checkpoints> around,
            BooleanSupplier stop) {
        Checkpoints files = new Checkpoints() {
            @Override
            public void saveLast(Snapshot snapshot) {
                ObjectNode provenance =
                        provenance(command, snapshot.scope("trainer").decimal("seconds"));
                write(last, CheckpointFile.of(description(provenance), snapshot));
            }

            @Override
            public void saveBest(long step, double loss) {
                ObjectNode provenance = provenance(command, trainer.seconds());
                provenance.putObject("metrics").put("step", step).put("validationInParallel", loss);
                write(
                        best,
                        new ModelFile(
                                description(provenance), ModelFile.values(model.parameters()), java.util.Map.of()));
            }
        };
        Trainer.Outcome outcome = trainer.run(
                workers -> CharLmEvaluation.parallelPass(
                        model, workers, validation, EVALUATION_STREAMS, EVALUATION_CONTEXT),
                around.apply(files),
                listener,
                stop);
        double loss = outcome.completed() && Files.exists(best) ? measureBest(best) : Double.NaN;
        return new Report(outcome, loss);
    }

    /** Measures the best model as it is published, and writes the figure into its file. */
    private double measureBest(Path best) {
        StoredType type = options.half ? StoredType.F16 : StoredType.F32;
        try (Engine engine = backend.newEngine(1);
                Tape tape = Tape.inference(engine)) {
            ModelFile.read(best).write(best, type);
            // Read again: what counts is what the file holds, rounded or not.
            ModelFile file = ModelFile.read(best);
            file.assignTo(best.toString(), model.parameters());
            double loss = CharLmEvaluation.fullPass(model, tape, validation);
            ((ObjectNode) file.description().path("provenance").path("metrics"))
                    .put("validation", loss)
                    .put("unit", "nats/char")
                    .put(
                            "protocol",
                            "one full pass over the last part of the text, state carried, first character given");
            file.write(best, type);
            return loss;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ObjectNode description(ObjectNode provenance) {
        return SavedCharLm.describe(model.config(), vocabulary, provenance);
    }

    private ObjectNode provenance(String command, double seconds) {
        ObjectNode provenance = ModelFile.newDescription();
        provenance
                .putObject("data")
                .put("name", text.name())
                .put("sha256", text.sha256())
                .put("characters", text.codePoints().length);
        provenance.set("configuration", options.toJson());
        provenance.put("command", startedBy.orElse(command));
        provenance.put("seed", options.seed);
        provenance.put("minutes", Math.round(seconds / 60 * 100) / 100.0);
        provenance.put("created", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        ObjectNode versions = provenance.putObject("versions");
        versions.put("unrolled", Version.current())
                .put("java", System.getProperty("java.version"))
                .put("platform", System.getProperty("os.name") + " " + System.getProperty("os.arch"))
                .put("engine", backend.name());
        return provenance;
    }

    private static void write(Path file, ModelFile contents) {
        try {
            contents.write(file, StoredType.F32);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        trainer.close();
        optimizer.close();
        objective.close();
        model.close();
    }
}
