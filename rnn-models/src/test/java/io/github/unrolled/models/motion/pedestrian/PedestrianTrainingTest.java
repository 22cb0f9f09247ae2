package io.github.unrolled.models.motion.pedestrian;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.datasets.motion.track.TrackWindow;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Backends;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.model.ModelFile;
import io.github.unrolled.random.Seed;
import io.github.unrolled.train.Budget;
import io.github.unrolled.train.Recipe;
import io.github.unrolled.train.Snapshot;
import io.github.unrolled.train.Training;
import io.github.unrolled.train.TrainingListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PedestrianTrainingTest {
    private static final PedestrianOptions OPTIONS = new PedestrianOptions("gru", 16, 5, 0, 1, 48, 1.1, 0.01, 0.3, 1);

    private static PedestrianData data() {
        return new PedestrianData(
                "simulated",
                Windows.simulated(500, 1),
                Windows.simulated(120, 2).subList(0, 60),
                List.of());
    }

    @Test
    void learnsFuturesOfWhichOneBeatsConstantVelocity(@TempDir Path folder) throws Exception {
        Backend backend = Backends.best();
        Recipe recipe = Recipe.of(new Budget.Steps(150), 0.01, 1);
        PedestrianData data = data();
        try (PedestrianTask task = new PedestrianTask(backend, OPTIONS, recipe, data);
                Training<WindowBatch> training = new Training<>(backend, recipe, task)) {
            training.run(
                    folder.resolve("best.zip"),
                    folder.resolve("last.zip"),
                    "test",
                    TrainingListener.none(),
                    UnaryOperator.identity(),
                    () -> false);
        }
        try (SavedPedestrian saved = SavedPedestrian.load(folder.resolve("best.zip"), backend);
                Engine engine = backend.newEngine(1);
                Tape tape = Tape.inference(engine)) {
            List<TrackWindow> windows = data.validation();
            ForecastErrors ours =
                    ForecastErrors.of(windows, new PedestrianForecaster(saved.model(), tape).forecast(windows, 12));
            ForecastErrors constant = ForecastErrors.of(windows, Baseline.CONSTANT_VELOCITY.forecast(windows, 12));
            assertThat(ours.ade()).isLessThan(1.1 * constant.ade());
            assertThat(ours.pedestrianAde()).isLessThan(0.8 * constant.ade());
            assertThat(ours.windowAde()).isBetween(ours.pedestrianAde(), ours.ade());
            assertThat(saved.trainedOn()).isEqualTo("simulated");
            assertThat(saved.stepSeconds()).isEqualTo(0.4);
        }
    }

    @Test
    void aRunThatWasStoppedGoesOnExactly(@TempDir Path folder) throws Exception {
        PedestrianOptions options = new PedestrianOptions("lstm", 8, 3, 3, 1, 40, 1.2, 0.05, 0.3, 1);
        Recipe recipe = Recipe.of(new Budget.Steps(8), 0.01, 2);
        float[] whole = trained(options, recipe, folder.resolve("whole"), 8);
        trained(options, recipe, folder.resolve("stopped"), 5);
        float[] goneOn = trained(options, recipe, folder.resolve("stopped"), 8);
        assertThat(goneOn).containsExactly(whole);
    }

    /** Trains up to a step, from the checkpoint in the folder if there is one; all parameters in a row. */
    private static float[] trained(PedestrianOptions options, Recipe recipe, Path folder, int steps) throws Exception {
        Backend backend = Backends.best();
        Path last = folder.resolve("last.zip");
        Files.createDirectories(folder);
        try (PedestrianTask task = new PedestrianTask(backend, options, recipe, data());
                Training<WindowBatch> training = new Training<>(backend, recipe, task)) {
            if (Files.exists(last)) {
                training.restore(last.toString(), ModelFile.read(last));
            }
            training.run(
                    folder.resolve("best.zip"),
                    last,
                    "test",
                    TrainingListener.none(),
                    UnaryOperator.identity(),
                    () -> training.steps() >= steps);
            float[] all = new float[Math.toIntExact(task.model().parameterCount())];
            int at = 0;
            for (Parameter parameter : task.model().parameters()) {
                float[] values = parameter.value().toFloats();
                System.arraycopy(values, 0, all, at, values.length);
                at += values.length;
            }
            return all;
        }
    }

    @Test
    void theSourceGoesOnWhereItWas() {
        List<TrackWindow> windows = Windows.simulated(80, 3);
        WindowSource source = new WindowSource(windows, 30, new Augmentation(1.5, 0.1), new Seed(1));
        for (int i = 0; i < 40; i++) {
            source.next();
        }
        Snapshot snapshot = new Snapshot();
        source.save(snapshot);
        WindowSource other = new WindowSource(windows, 30, new Augmentation(1.5, 0.1), new Seed(1));
        other.restore(snapshot);
        assertThat(other.epochs()).isEqualTo(source.epochs()).isGreaterThan(1);
        for (int i = 0; i < 40; i++) {
            WindowBatch expected = source.next();
            WindowBatch found = other.next();
            assertThat(found.windows()).hasSameSizeAs(expected.windows());
            assertThat(found.windows().get(0).xy())
                    .containsExactly(expected.windows().get(0).xy());
        }
    }

    /** Turned, mirrored and scaled: distances between positions all change by the same factor. */
    @Test
    void augmentationKeepsTheShape() {
        TrackWindow window = Windows.simulated(80, 3).get(0);
        TrackWindow changed = new Augmentation(2, 0).apply(window, new Seed(9).generator());
        double factor = distance(changed, 0, 19) / distance(window, 0, 19);
        assertThat(factor).isBetween(0.5, 2.0);
        assertThat(distance(changed, 5, 12) / distance(window, 5, 12))
                .isCloseTo(factor, org.assertj.core.api.Assertions.within(1e-9));
    }

    private static double distance(TrackWindow window, int from, int to) {
        return Math.hypot(window.x(to, 0) - window.x(from, 1), window.y(to, 0) - window.y(from, 1));
    }
}
