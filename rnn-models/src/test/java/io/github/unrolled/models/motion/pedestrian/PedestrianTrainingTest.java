package io.github.unrolled.models.motion.pedestrian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PedestrianTrainingTest {
    private static final PedestrianOptions OPTIONS =
            new PedestrianOptions("gru", 16, 5, 0, 1, false, 48, 1.1, 0.01, 0.3, 1);

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
        PedestrianOptions options = new PedestrianOptions("lstm", 8, 3, 3, 1, false, 40, 1.2, 0.05, 0.3, 1);
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

    /** Two walkers in one scene and one in another: each scene counts once. ADE falls as |t - 0.2| and as |t - 0.8|. */
    @Test
    void trustIsBestForTheMeanOverScenes() {
        List<double[]> crowd = List.of(distances(0.2, 1), distances(0.2, 1));
        TrustFit fit = TrustFit.best(List.of(crowd, List.of(distances(0.8, 3))), true);
        assertThat(fit.trust()).isEqualTo(0.8);
        assertThat(fit.ade()).isCloseTo(0.6 / 2, within(1e-12));
        assertThat(fit.constantAde()).isCloseTo((0.2 + 2.4) / 2, within(1e-12));
        assertThat(TrustFit.best(List.of(List.of(distances(0, 1))), true).trust())
                .as("a network that is of no use")
                .isEqualTo(0.01);
    }

    private static double[] distances(double from, double slope) {
        return IntStream.rangeClosed(0, 100)
                .mapToDouble(t -> slope * Math.abs(t / 100.0 - from))
                .toArray();
    }

    @Test
    void trustIsFittedOnScenesThatWereNotSeenAndLiesInTheFileAlsoAfterAnInterruption(@TempDir Path folder)
            throws Exception {
        Backend backend = Backends.best();
        Recipe recipe = Recipe.of(new Budget.Steps(40), 0.01, 2);
        PedestrianOptions options = new PedestrianOptions("gru", 8, 1, 0, 1, true, 48, 1, 0, 0.3, 1);
        List<TrackWindow> train = new ArrayList<>();
        List<TrackWindow> validation = new ArrayList<>();
        for (String scene : List.of("a", "b", "c", "d")) {
            List<TrackWindow> windows = Windows.simulated(160, scene.charAt(0)).stream()
                    .map(window ->
                            new TrackWindow(scene, window.frame(), window.stepSeconds(), 8, window.ids(), window.xy()))
                    .toList();
            train.addAll(windows.subList(0, windows.size() / 2));
            validation.addAll(windows.subList(windows.size() / 2, windows.size()));
        }
        PedestrianData data = new PedestrianData("simulated", train, validation, List.of());
        try (PedestrianTask task = new PedestrianTask(backend, options, recipe, data);
                Training<WindowBatch> training = new Training<>(backend, recipe, task)) {
            AtomicBoolean trained = new AtomicBoolean();
            TrainingListener listener = new TrainingListener() {
                @Override
                public void onStep(StepReport report) {
                    trained.set(report.step() == 40);
                }
            };
            Training.Report interrupted = run(training, folder, listener, trained::get);
            assertThat(interrupted.outcome().steps()).isEqualTo(40);
            assertThat(interrupted.outcome().completed()).isFalse();
            assertThat(interrupted.best()).isEmpty();
            Training.Report report = run(training, folder, listener, () -> false);
            assertThat(report.outcome().completed()).isTrue();
            TrustFit again =
                    TrustFit.fit(backend, options, recipe, data, () -> false).orElseThrow();
            try (SavedPedestrian saved = SavedPedestrian.load(folder.resolve("best.zip"), backend)) {
                assertThat(saved.model().config().trust()).isEqualTo(again.trust());
                assertThat(report.best().orElseThrow().protocol())
                        .contains(String.format(Locale.ROOT, "trust %.2f", again.trust()));
                assertThat(saved.trainedOn()).isEqualTo("simulated");
            }
            assertThat(again.unseen()).isTrue();
            assertThat(again.ade()).isLessThanOrEqualTo(again.constantAde() * 1.01);
        }
        assertThatThrownBy(() -> new PedestrianOptions("gru", 8, 2, 0, 1, true, 48, 1, 0, 0.3, 1))
                .hasMessageContaining("trust is fitted for one future");
    }

    private static Training.Report run(
            Training<WindowBatch> training, Path folder, TrainingListener listener, BooleanSupplier stop) {
        return training.run(
                folder.resolve("best.zip"),
                folder.resolve("last.zip"),
                "test",
                listener,
                UnaryOperator.identity(),
                stop);
    }
}
