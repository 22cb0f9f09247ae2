package io.github.unrolled.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.model.ModelFile;
import io.github.unrolled.model.ModelFileException;
import io.github.unrolled.model.StoredType;
import io.github.unrolled.model.Version;
import io.github.unrolled.random.Seed;
import io.github.unrolled.train.Task.Measurement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/**
 * The training of a task by a recipe, with its two files: the best model, and the newest checkpoint from which it goes on
 * exactly. Both say where they come from. The task stays its owner's to close.
 *
 * @param <B> a batch
 */
public final class Training<B> implements AutoCloseable {
    private static final double BETA1 = 0.9;
    private static final double EPSILON = 1e-8;
    private static final String PROVENANCE = "provenance";
    private static final String CONFIGURATION = "configuration";
    private static final String RECIPE = "training";

    private final Backend backend;
    private final Recipe recipe;
    private final Task<B> task;
    private final AdamW optimizer;
    private final Trainer<B> trainer;
    private Optional<String> startedBy = Optional.empty();

    /** Sets up a training; see {@link #restore} for one that goes on. */
    public Training(Backend backend, Recipe recipe, Task<B> task) {
        this.backend = backend;
        this.recipe = recipe;
        this.task = task;
        this.optimizer = new AdamW(
                new AdamW.Options(BETA1, recipe.beta2(), EPSILON, recipe.weightDecay()),
                backend,
                task.objective().parameters());
        TrainerOptions options = new TrainerOptions(
                recipe.budget(),
                recipe.learningRate(),
                new Schedule.WarmupCosine(recipe.warmup(), 0),
                recipe.clip(),
                recipe.average(),
                recipe.evaluateEvery(),
                recipe.checkpointEvery(),
                recipe.patience(),
                task.workers(),
                // A batch that cannot be shared is computed by all threads together.
                Math.max(1, recipe.workers() / task.workers()));
        this.trainer =
                new Trainer<>(backend, options, task.objective(), task.source(), optimizer, new Seed(recipe.seed()));
    }

    /** How many steps were done so far. */
    public long steps() {
        return trainer.steps();
    }

    /**
     * The options of the task that a checkpoint was made with.
     *
     * @throws ModelFileException if the file does not say
     */
    public static ObjectNode configurationOf(String file, ModelFile checkpoint) {
        ObjectNode task = stored(file, checkpoint).deepCopy();
        task.remove(RECIPE);
        return task;
    }

    private static ObjectNode stored(String file, ModelFile checkpoint) {
        if (!(checkpoint.description().path(PROVENANCE).path(CONFIGURATION) instanceof ObjectNode configuration)) {
            throw new ModelFileException(file + " does not say how it was trained, so training cannot go on from it");
        }
        return configuration;
    }

    /**
     * The recipe that a checkpoint was made by.
     *
     * @throws ModelFileException if the file does not say, or says what cannot be
     */
    public static Recipe recipeOf(String file, ModelFile checkpoint) {
        try {
            return Recipe.ofJson(stored(file, checkpoint).path(RECIPE));
        } catch (IllegalArgumentException e) {
            throw new ModelFileException(
                    file + " is damaged: its training options cannot be read (" + e.getMessage() + ")", e);
        }
    }

    /** The name of the data that a checkpoint was trained on; empty if it does not say. */
    public static Optional<String> dataOf(ModelFile checkpoint) {
        String name = checkpoint
                .description()
                .path(PROVENANCE)
                .path("data")
                .path("name")
                .asText();
        return Optional.of(name).filter(present -> !present.isEmpty());
    }

    /**
     * Goes back to a checkpoint.
     *
     * @param file the checkpoint's name, for messages
     * @throws SnapshotException if it is of other data or other options
     */
    public void restore(String file, ModelFile checkpoint) {
        JsonNode provenance = checkpoint.description().path(PROVENANCE);
        JsonNode data = task.data();
        if (!provenance
                .path("data")
                .path("sha256")
                .asText()
                .equals(data.path("sha256").asText())) {
            throw new SnapshotException(file + " was trained on other data than "
                    + data.path("name").asText()
                    + " (their SHA-256 differ); resume with the --data that the run was started with");
        }
        try {
            trainer.restore(CheckpointFile.snapshot(file, checkpoint));
        } catch (SnapshotException e) {
            throw new SnapshotException(file + ": " + e.getMessage());
        }
        startedBy = Optional.of(provenance.path("command").asText()).filter(text -> !text.isEmpty());
    }

    /**
     * What a training came to.
     *
     * @param outcome of the trainer
     * @param best the best model, measured as its file holds it; empty if the run was stopped before its end, or never
     *     validated
     */
    public record Report(Trainer.Outcome outcome, Optional<Measurement> best) {}

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
                double seconds = snapshot.scope("trainer").decimal("seconds");
                write(last, CheckpointFile.of(description(provenance(command, seconds)), snapshot), StoredType.F32);
            }

            @Override
            public void saveBest(long step, double loss) {
                ObjectNode provenance = provenance(command, trainer.seconds());
                provenance.putObject("metrics").put("step", step).put("whileTraining", loss);
                write(
                        best,
                        new ModelFile(
                                description(provenance),
                                ModelFile.values(task.model().parameters()),
                                Map.of()),
                        StoredType.F32);
            }
        };
        Trainer.Outcome outcome = trainer.run(task::validate, around.apply(files), listener, stop);
        if (!outcome.completed() || !Files.exists(best)) {
            return new Report(outcome, Optional.empty());
        }
        Optional<Measurement> measured = measureBest(best, stop);
        return new Report(measured.isPresent() ? outcome : outcome.stopped(), measured);
    }

    /**
     * Trains in memory alone, for a network that only serves to measure something.
     *
     * @param evaluation called at the end with the weights in place that a file would hold
     * @return whether it came to its end; the evaluation is not called if it did not
     */
    public boolean rehearse(ToDoubleFunction<Workers> evaluation, BooleanSupplier stop) {
        return trainer.run(evaluation, Checkpoints.none(), TrainingListener.none(), stop)
                .completed();
    }

    /**
     * Lets the task fit what is left, measures the best model as it is published, and writes both into its file; empty if
     * that was stopped.
     */
    private Optional<Measurement> measureBest(Path best, BooleanSupplier stop) {
        StoredType type = recipe.half() ? StoredType.F16 : StoredType.F32;
        try {
            ModelFile.read(best).write(best, type);
            // Read again: what counts is what the file holds, rounded or not.
            ModelFile file = ModelFile.read(best);
            file.assignTo(best.toString(), task.model().parameters());
            if (!task.fit(backend, stop)) {
                return Optional.empty();
            }
            Measurement measured = task.measure(backend);
            ObjectNode description = task.description();
            description.set(PROVENANCE, file.description().path(PROVENANCE));
            if (description.path(PROVENANCE).path("metrics") instanceof ObjectNode metrics) {
                metrics.put("validation", measured.value())
                        .put("unit", measured.unit())
                        .put("protocol", measured.protocol());
            }
            new ModelFile(description, file.weights(), file.training()).write(best, type);
            return Optional.of(measured);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ObjectNode description(ObjectNode provenance) {
        ObjectNode description = task.description();
        description.set(PROVENANCE, provenance);
        return description;
    }

    private ObjectNode provenance(String command, double seconds) {
        ObjectNode provenance = ModelFile.newDescription();
        provenance.set("data", task.data());
        ObjectNode configuration = task.configuration();
        configuration.set(RECIPE, recipe.toJson());
        provenance.set(CONFIGURATION, configuration);
        provenance.put("command", startedBy.orElse(command));
        provenance.put("seed", recipe.seed());
        provenance.put("minutes", Math.round(seconds / 60 * 100) / 100.0);
        provenance.put("created", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        ObjectNode versions = provenance.putObject("versions");
        versions.put("unrolled", Version.current())
                .put("java", System.getProperty("java.version"))
                .put("platform", System.getProperty("os.name") + " " + System.getProperty("os.arch"))
                .put("engine", backend.name());
        return provenance;
    }

    private static void write(Path file, ModelFile contents, StoredType type) {
        try {
            contents.write(file, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the workers and frees the optimiser's memory. */
    @Override
    public void close() {
        trainer.close();
        optimizer.close();
    }
}
