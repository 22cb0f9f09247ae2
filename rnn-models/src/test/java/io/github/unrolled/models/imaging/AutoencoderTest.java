package io.github.unrolled.models.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.datasets.image.DeadLeaves;
import io.github.unrolled.datasets.image.IdxFile;
import io.github.unrolled.datasets.image.PatchBatch;
import io.github.unrolled.datasets.image.YCbCr;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Backends;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.nn.Parameters;
import io.github.unrolled.random.Seed;
import io.github.unrolled.train.Budget;
import io.github.unrolled.train.Recipe;
import io.github.unrolled.train.Training;
import io.github.unrolled.train.TrainingListener;
import io.github.unrolled.train.Workers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AutoencoderTest {
    private static final Backend BACKEND = Backends.best();

    @TempDir
    Path folder;

    /** Pictures of 8x8 that are made of two patterns: two numbers describe each. */
    private static IdxFile twoPatterns(int count) {
        RandomGenerator random = new Seed(1).generator();
        float[] values = new float[count * 64];
        for (int n = 0; n < count; n++) {
            float a = random.nextFloat();
            float b = random.nextFloat();
            for (int i = 0; i < 64; i++) {
                values[n * 64 + i] = 0.4f * a * (i / 8) / 7 + 0.4f * b * (i % 2);
            }
        }
        return new IdxFile(count, 8, 8, values);
    }

    @Test
    void principalComponentsFindTheTwoPatterns() {
        IdxFile pictures = twoPatterns(500);
        try (Engine engine = BACKEND.newEngine(1)) {
            double two =
                    Reconstruction.meanSquaredError(Pca.fit(engine, pictures, 2).reconstruct(pictures), pictures);
            double one =
                    Reconstruction.meanSquaredError(Pca.fit(engine, pictures, 1).reconstruct(pictures), pictures);
            assertThat(two).isEqualTo(0, within(1e-7));
            // By hand: a's pattern has the squares 0..49 of sevenths, 20/7² a column sum; b's is 1 in every other
            // column.
            // Variances per pixel 0.16/12 · mean square: 0.16/12 · 0.357 and 0.16/12 · 0.5, and one of them is lost,
            // or a little less where the patterns overlap.
            assertThat(one).isBetween(0.16 / 12 * 0.357 * 0.4, 0.16 / 12 * 0.5);
        }
    }

    private static Training.Report train(AutoencoderOptions options, IdxFile pictures, int steps, Path folder)
            throws IOException {
        Recipe how = ImagingRecipe.of(new Budget.Steps(steps), 1, 2).withIntervals(0, 0);
        AutoencoderTask.Data data = new AutoencoderTask.Data("patterns", pictures, "0");
        try (AutoencoderTask task = new AutoencoderTask(BACKEND, options, how, data);
                Training<PatchBatch> training = new Training<>(BACKEND, how, task)) {
            return training.run(
                    folder.resolve("best.zip"),
                    folder.resolve("last.zip"),
                    "test",
                    TrainingListener.none(),
                    files -> files,
                    () -> false);
        }
    }

    @ParameterizedTest
    @CsvSource({"conv, 0", "recurrent, 0", "conv, 0.1"})
    void learnsTheTwoPatterns(String kind, double noise) throws IOException {
        AutoencoderOptions options = new AutoencoderOptions(kind, 2, 4, 32, noise, 32, 100);
        Training.Report report = train(options, twoPatterns(900), 400, folder);
        // The variance that a code of nothing leaves is 0.16/12 · (0.357 + 0.5) = 0.0114.
        assertThat(report.best().orElseThrow().value()).isLessThan(0.003);
        try (SavedAutoencoder saved = SavedAutoencoder.load(folder.resolve("best.zip"), BACKEND);
                Engine engine = BACKEND.newEngine(1);
                Tape tape = Tape.inference(engine)) {
            IdxFile pictures = twoPatterns(30);
            IdxFile drawn = Reconstruction.reconstruct(saved.model(), tape, pictures);
            assertThat(Reconstruction.meanSquaredError(drawn, pictures)).isLessThan(0.003);
            assertThat(CodeSpace.map(saved.model(), tape, pictures, 4).count()).isEqualTo(16);
            IdxFile ways = CodeSpace.between(saved.model(), tape, pictures, 3, 5);
            assertThat(ways.count()).isEqualTo(15);
            assertThat(ways.slice(0, 1).values())
                    .usingComparatorWithPrecision(1e-5f)
                    .containsExactly(drawn.slice(0, 1).values());
        }
    }

    @Test
    void denoisingIsMeasuredBesideTheNoiseAndPrincipalComponents() {
        ObjectNode provenance = JsonNodeFactory.instance.objectNode();
        provenance.putObject("configuration").put("noise", 0.1);
        Autoencoder network = AutoencoderOptions.conv(2).create(8, new Parameters(BACKEND, new Seed(1)));
        try (SavedAutoencoder saved = new SavedAutoencoder(network, provenance);
                Workers workers = new Workers(BACKEND, 2, 1)) {
            AutoencoderBenchmark benchmark =
                    new AutoencoderBenchmark(workers, "patterns", twoPatterns(900), twoPatterns(500));
            List<Score> scores = benchmark.measure("ours", saved);
            assertThat(scores).extracting(Score::test).containsOnly("patterns-2-noise-0.1");
            assertThat(scores).extracting(Score::model).containsExactly("noisy", "pca", "ours");
            assertThat(scores.get(0).value()).isEqualTo(0.01, within(0.0003));
            // The noise of 64 pixels has the same variance in each direction, and two are kept.
            assertThat(scores.get(1).value()).isEqualTo(0.01 * 2 / 64, within(0.00005));
            assertThat(benchmark.measure("again", saved))
                    .extracting(Score::model)
                    .containsExactly("again");

            AutoencoderBenchmark.Examples examples = benchmark.examples(saved, 7);
            assertThat(examples.clean().values())
                    .containsExactly(twoPatterns(500).slice(0, 7).values());
            assertThat(Reconstruction.meanSquaredError(examples.shown(), examples.clean()))
                    .isEqualTo(0.01, within(0.003));
            assertThat(Reconstruction.meanSquaredError(examples.linear(), examples.clean()))
                    .isLessThan(0.001);
            assertThat(examples.ours().count()).isEqualTo(7);
        }
    }

    @Test
    void dataThatDoesNotFitIsSaid() {
        Recipe how = ImagingRecipe.of(new Budget.Steps(1), 1, 1);
        AutoencoderTask.Data few = new AutoencoderTask.Data("few", twoPatterns(5), "0");
        assertThatThrownBy(() -> new AutoencoderTask(BACKEND, AutoencoderOptions.conv(2), how, few))
                .hasMessageContaining("--held-out");
        float[] values = YCbCr.grey(DeadLeaves.generate(6, 6, new Seed(1))).values();
        AutoencoderTask.Data odd = new AutoencoderTask.Data("odd", new IdxFile(1, 6, 6, values), "0");
        assertThatThrownBy(() -> new AutoencoderTask(BACKEND, AutoencoderOptions.conv(2), how, odd))
                .hasMessageContaining("multiple of 4");
    }
}
