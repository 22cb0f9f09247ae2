package io.github.unrolled.app.train;

import io.github.unrolled.app.RunOptions;
import io.github.unrolled.app.UsageException;
import io.github.unrolled.app.Verb;
import io.github.unrolled.app.console.Console;
import io.github.unrolled.app.result.Result;
import io.github.unrolled.app.run.RunFolder;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Backends;
import io.github.unrolled.model.ModelFile;
import io.github.unrolled.train.Recipe;
import io.github.unrolled.train.Task;
import io.github.unrolled.train.Training;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;

/**
 * The verb {@code train} of an application: opens the run folder, trains or goes on, and tells what came of it. A subclass
 * carries picocli's {@code @Command}, declares the options of its network and its data, and says what is trained.
 */
public abstract class TrainingVerb extends Verb {
    @Mixin
    private final RunOptions run = new RunOptions();

    @Mixin
    private final RecipeOptions recipe;

    /** A verb that trains by this recipe where its options are not given. */
    protected TrainingVerb(Recipe usual) {
        recipe = new RecipeOptions(usual);
    }

    /** The run folder where none is given. */
    protected abstract Path folder();

    /**
     * Checks the options before the run folder is made, so that a wrong one leaves nothing behind; nothing, unless
     * overridden.
     *
     * @throws UsageException when an option's value cannot be
     */
    protected void checkBeforehand() {}

    /**
     * Reads the data and says what is trained on them.
     *
     * @throws UsageException when an option's value cannot be, or would make a resumed run another one
     */
    protected abstract Assignment<?, ?> assignment(Start start) throws IOException;

    @Override
    protected final Result run(Console console) throws Exception {
        checkBeforehand();
        Recipe how = recipe.recipe(seed().value(), threads());
        try (RunFolder folder = run.open(folder())) {
            Optional<ModelFile> checkpoint =
                    run.resume() ? Optional.of(ModelFile.read(folder.last())) : Optional.empty();
            Start start = new Start(console, folder, checkpoint, this::given);
            if (checkpoint.isPresent()) {
                how = recipe.resumed(Training.recipeOf(start.file(), checkpoint.get()), how, this::given);
            }
            return train(assignment(start), start, how);
        }
    }

    private <B, T extends Task<B>> Result train(Assignment<B, T> assignment, Start start, Recipe how)
            throws IOException {
        Backend backend = Backends.best();
        try (T task = assignment.task(backend, how)) {
            // Before the training is set up: it remembers the weights that it begins with.
            assignment.prepare(task, start);
            try (Training<B> training = new Training<>(backend, how, task)) {
                if (start.checkpoint().isPresent()) {
                    training.restore(start.file(), start.checkpoint().get());
                }
                assignment.describe(task, backend).forEach(start.console()::remark);
                TrainingSession session = new TrainingSession(
                        start.console(),
                        start.folder(),
                        runInfo(Map.of(assignment.data(), assignment.sha256())),
                        assignment.words());
                return Result.of(session.conclude(session.run(training)));
            }
        }
    }
}
