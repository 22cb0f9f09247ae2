package io.github.unrolled.models.motion.skeleton;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.catalogue.DatasetStore;
import io.github.unrolled.datasets.motion.cmu.CmuMocap;
import io.github.unrolled.datasets.motion.cmu.CmuProtocol;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Backends;
import io.github.unrolled.model.ModelFile;
import io.github.unrolled.random.Seed;
import io.github.unrolled.tensor.Tensor;
import io.github.unrolled.train.Budget;
import io.github.unrolled.train.Recipe;
import io.github.unrolled.train.Snapshot;
import io.github.unrolled.train.Training;
import io.github.unrolled.train.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SkeletonTaskTest {
    private static final Recipe RECIPE = Recipe.of(new Budget.Steps(6), 0.005, 2);
    private final Backend backend = Backends.best();

    private static SkeletonOptions options() {
        return new SkeletonOptions(SkeletonConfig.SPECTRAL_GRU, 16, 32, 2, 6, 0.1, 8, 25, 16, true);
    }

    private static SkeletonData data(int clips) {
        List<PoseClip> train = new ArrayList<>();
        for (int i = 0; i < clips; i++) {
            train.add(SkeletonData.clip("gaits", SkeletonFixtures.walk(i, 90)));
        }
        List<PoseClip> validation = List.of(SkeletonData.clip("gaits", SkeletonFixtures.walk(99, 90)));
        return new SkeletonData("made", SkeletonFixtures.walk(0, 1).skeleton(), 1 / 30.0, train, validation);
    }

    private static final TrainingListener SILENT = new TrainingListener() {
        @Override
        public void onStep(StepReport report) {}

        @Override
        public void onEvaluation(EvaluationReport report) {}
    };

    private Training.Report train(SkeletonTask task, Recipe recipe, Path folder, Optional<Path> checkpoint)
            throws IOException {
        try (Training<PoseBatch> training = new Training<>(backend, recipe, task)) {
            if (checkpoint.isPresent()) {
                training.restore("last.zip", ModelFile.read(checkpoint.get()));
            }
            return training.run(
                    folder.resolve("best.zip"),
                    folder.resolve("last.zip"),
                    "motion train",
                    SILENT,
                    files -> files,
                    () -> false);
        }
    }

    /** A few seconds of training predict gaits better than standing still does. */
    @Test
    void learns(@TempDir Path folder) throws IOException {
        Recipe recipe = RECIPE.withBudget(new Budget.Steps(120)).withIntervals(0, 0);
        try (SkeletonTask task = new SkeletonTask(backend, options(), recipe, data(12))) {
            double still = task.standingStill();
            Training.Report report = train(task, recipe, folder, Optional.empty());
            assertThat(report.best().orElseThrow().value()).isLessThan(0.6 * still);
        }
    }

    @Test
    void aContinuedTrainingIsTheOneNeverStopped(@TempDir Path folder) throws IOException {
        SkeletonData data = data(3);
        double[] whole;
        try (SkeletonTask task = new SkeletonTask(backend, options(), RECIPE, data)) {
            train(task, RECIPE, folder, Optional.empty());
            whole = weights(task);
        }
        Path half = Files.createDirectory(folder.resolve("half"));
        Recipe first = RECIPE.withIntervals(0, 3);
        try (SkeletonTask task = new SkeletonTask(backend, options(), first, data);
                Training<PoseBatch> training = new Training<>(backend, first, task)) {
            int[] steps = new int[1];
            training.run(
                    half.resolve("best.zip"),
                    half.resolve("last.zip"),
                    "motion train",
                    new TrainingListener() {
                        @Override
                        public void onStep(StepReport report) {
                            steps[0]++;
                        }

                        @Override
                        public void onEvaluation(EvaluationReport report) {}
                    },
                    files -> files,
                    () -> steps[0] == 3);
        }
        try (SkeletonTask task = new SkeletonTask(backend, options(), RECIPE, data)) {
            train(task, RECIPE, half, Optional.of(half.resolve("last.zip")));
            assertThat(weights(task)).containsExactly(whole);
        }
    }

    private static double[] weights(SkeletonTask task) {
        return task.model().parameters().stream()
                .map(parameter -> parameter.value())
                .map(Tensor::toDoubles)
                .flatMapToDouble(java.util.Arrays::stream)
                .toArray();
    }

    @Test
    void windowsAreDrawnFromClipsThatHoldOneAndAgainAfterAResume() {
        List<PoseClip> clips = List.of(
                SkeletonData.clip("a", SkeletonFixtures.walk(1, 5)),
                SkeletonData.clip("b", SkeletonFixtures.walk(2, 20)));
        PoseSource source = new PoseSource(clips, 8, 3, Optional.empty(), new Seed(1));
        source.next();
        assertThat(source.epochs()).isCloseTo(3 / 13.0, within(1e-12));
        Snapshot snapshot = new Snapshot();
        source.save(snapshot);
        float[] expected = source.next().windows().get(2)[7];
        PoseSource again = new PoseSource(clips, 8, 3, Optional.empty(), new Seed(1));
        again.restore(snapshot);
        assertThat(again.next().windows().get(2)[7]).isSameAs(expected);
        assertThatThrownBy(() -> new PoseSource(clips, 50, 3, Optional.empty(), new Seed(1)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("none of 2 motions has the 50 frames");
    }

    @Test
    void strideSkipsRows() {
        PoseClip clip = new PoseClip("a", List.of(row(0), row(1), row(2), row(3), row(4), row(5)), 2);
        assertThat(clip.starts(3)).isEqualTo(2);
        assertThat(clip.window(1, 3)).isEqualTo(new float[][] {{1}, {3}, {5}});
    }

    private static float[] row(float value) {
        return new float[] {value};
    }

    @Test
    void publishedMeansAreThoseOfTheirRows() {
        String model = PublishedErrors.models().get(2);
        assertThat(model).startsWith("LearnTrajDep");
        assertThat(PublishedErrors.of(model, "mean"))
                .containsExactly(new double[] {.296, .460, .790, .886, 1.294}, within(1e-9));
        assertThatThrownBy(() -> PublishedErrors.of(model, "flying")).hasMessageContaining("flying");
    }

    @Test
    void standingStillInThePublishedProtocol() throws IOException {
        Path folder = Path.of(DatasetStore.defaultMirror().orElse("")).resolve(CmuMocap.ID);
        Assumptions.assumeTrue(
                DatasetStore.defaultMirror().isPresent() && Files.isDirectory(folder),
                "skipped: the property unrolled.mirror names no folder with " + CmuMocap.ID);
        CmuMocap files = new CmuMocap(folder);
        Map<String, SkeletonErrors> rows = SkeletonEvaluation.published(
                files, windows -> SkeletonEvaluation.zeroVelocity(windows, CmuProtocol.SEEN, CmuProtocol.PREDICTED));
        SkeletonErrors mean = Objects.requireNonNull(rows.get("mean"));
        assertThat(doubles(mean.euler()))
                .containsExactly(new double[] {0.4191, 0.7023, 1.2045, 1.3659, 1.6112, 1.9155}, within(6e-5));
        assertThat(doubles(mean.position()))
                .containsExactly(new double[] {28.26, 53.63, 99.26, 120.12, 154.30, 192.25}, within(6e-3));
        SkeletonData data = SkeletonData.cmu(SkeletonData.CMU, files);
        int windows = data.train().stream()
                .mapToInt(clip -> CmuProtocol.halved(clip.rows()).size() - 34)
                .sum();
        assertThat(windows).isEqualTo(4738);
        PoseLayout layout = PoseLayout.of(data.skeleton(), data.train());
        assertThat(layout.joints()).isEqualTo(64);
        assertThat(SkeletonData.cmu(SkeletonData.CMU_HELD_OUT, files).validation())
                .hasSize(5);
    }

    private static double[] doubles(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
