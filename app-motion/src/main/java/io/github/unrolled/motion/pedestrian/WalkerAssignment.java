package io.github.unrolled.motion.pedestrian;

import io.github.unrolled.app.train.Assignment;
import io.github.unrolled.app.train.TrainingSession;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.models.motion.pedestrian.PedestrianData;
import io.github.unrolled.models.motion.pedestrian.PedestrianOptions;
import io.github.unrolled.models.motion.pedestrian.PedestrianTask;
import io.github.unrolled.models.motion.pedestrian.WindowBatch;
import io.github.unrolled.train.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A model of walkers to be trained on windows of tracks. */
record WalkerAssignment(PedestrianOptions options, PedestrianData windows)
        implements Assignment<WindowBatch, PedestrianTask> {
    @Override
    public String data() {
        return windows.name();
    }

    @Override
    public String sha256() {
        return windows.sha256();
    }

    @Override
    public TrainingSession.Words words() {
        return new TrainingSession.Words("Training on " + windows.name(), "metres", "walkers/s", "metres");
    }

    @Override
    public PedestrianTask task(Backend backend, Recipe recipe) {
        return new PedestrianTask(backend, options, recipe, windows);
    }

    @Override
    public List<String> describe(PedestrianTask task, Backend backend) {
        List<String> lines = new ArrayList<>(List.of(
                String.format(
                        Locale.ROOT,
                        "%s: %,d windows with %,d walkers train, %,d with %,d validate",
                        windows.name(),
                        windows.train().size(),
                        PedestrianData.walkers(windows.train()),
                        windows.validation().size(),
                        PedestrianData.walkers(windows.validation())),
                String.format(
                        Locale.ROOT,
                        "%s of %d, %d futures, %,d parameters; engine %s, %d workers of 1 thread",
                        options.cell(),
                        options.hidden(),
                        options.modes(),
                        task.model().parameterCount(),
                        backend.name(),
                        task.workers())));
        if (options.fitTrust()) {
            lines.add(
                    "how far to trust it is fitted afterwards, by training it up to three times more without some scenes");
        }
        return lines;
    }
}
