package io.github.unrolled.models.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.datasets.image.DeadLeaves;
import io.github.unrolled.datasets.image.PatchBatch;
import io.github.unrolled.datasets.image.PatchSampler;
import io.github.unrolled.datasets.image.Picture;
import io.github.unrolled.datasets.image.PictureSet;
import io.github.unrolled.datasets.image.Planes;
import io.github.unrolled.datasets.image.YCbCr;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Backends;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.model.ModelFile;
import io.github.unrolled.nn.Parameters;
import io.github.unrolled.random.Seed;
import io.github.unrolled.train.Budget;
import io.github.unrolled.train.Recipe;
import io.github.unrolled.train.Training;
import io.github.unrolled.train.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestorationTest {
    private static final Backend BACKEND = Backends.best();

    @TempDir
    Path folder;

    /** Small networks whose every weight was drawn, so that no branch is nearly silent. */
    private static Restorer loud(String kind) {
        Parameters parameters = new Parameters(BACKEND, new Seed(3));
        Restorer model = switch (kind) {
            case "x2" -> new Upscaler(new Upscaler.Options(2, 6, 2, 3), parameters);
            case "x3" -> new Upscaler(new Upscaler.Options(3, 5, 1, 2), parameters);
            case "grey" -> new Denoiser(new Denoiser.Options(1, 4, 1, 1), parameters);
            default -> new Denoiser(new Denoiser.Options(3, 4, 0, 2), parameters);
        };
        RandomGenerator random = new Seed(4).generator();
        for (Parameter parameter : model.parameters()) {
            double deviation = Math.sqrt(1.0 / Math.max(1, parameter.shape().rows()));
            float[] values = new float[Math.toIntExact(parameter.value().elements())];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (deviation * random.nextGaussian());
            }
            parameter.value().set(values);
        }
        return model;
    }

    private static Planes restored(Restorer model, Picture input, int tile) {
        try (PictureRestorer restorer = new PictureRestorer(model, BACKEND, 2, tile);
                Picture output =
                        restorer.restore(input, part -> {}, () -> false).orElseThrow()) {
            return output.planes();
        }
    }

    /** 16 bits, so that rounding hides nothing; an odd size; every kind of picture. */
    @ParameterizedTest
    @ValueSource(strings = {"x2", "x3", "grey", "colour"})
    void tilesGiveTheWholePicture(String kind) {
        Planes leaves = DeadLeaves.generate(83, 101, new Seed(1));
        Planes other = DeadLeaves.generate(83, 101, new Seed(2));
        for (int channels : new int[] {1, 3, 4}) {
            Planes planes = channels == 4 ? Planes.join(leaves, other.channel(0)) : leaves.channels(0, channels);
            try (Restorer model = loud(kind);
                    Picture input = Picture.allocate(83, 101, channels, 16)) {
                input.put(0, 0, planes);
                Planes whole = restored(model, input, 128);
                Planes tiled = restored(model, input, 24);
                assertThat(tiled.values())
                        .as(kind + " on " + channels + " channels")
                        .usingComparatorWithPrecision(1e-4f)
                        .containsExactly(whole.values());
                assertThat(whole.height()).isEqualTo(83 * model.scale());
                assertThat(whole.values()).isNotEqualTo(planes.values());
            }
        }
    }

    @Test
    void aDenoiserKeepsTransparency() {
        Planes leaves = DeadLeaves.generate(40, 36, new Seed(1));
        Planes alpha = DeadLeaves.generate(40, 36, new Seed(2)).channel(1);
        try (Restorer model = loud("grey");
                Picture input = Picture.of(Planes.join(leaves, alpha))) {
            assertThat(restored(model, input, 16).channel(3).values())
                    .usingComparatorWithPrecision(1e-6f)
                    .containsExactly(alpha.values());
        }
    }

    @Test
    void aStopLeavesNothing() {
        try (Restorer model = loud("grey");
                Picture input = Picture.of(DeadLeaves.generate(40, 36, new Seed(1)));
                PictureRestorer restorer = new PictureRestorer(model, BACKEND, 2)) {
            assertThat(restorer.restore(input, part -> {}, () -> true)).isEmpty();
            assertThatThrownBy(() -> new PictureRestorer(model, BACKEND, 1, 30)).hasMessageContaining("multiple of 4");
        }
    }

    /** The r-th stage in training is what r recursions give at inference, with the same weights. */
    @Test
    void theNumberOfRecursionsIsADial() {
        Planes picture = YCbCr.luminance(DeadLeaves.generate(20, 17, new Seed(1)));
        try (Upscaler model = (Upscaler) loud("x2");
                Engine engine = BACKEND.newEngine(1);
                Tape recording = Tape.recording(engine);
                Tape inference = Tape.inference(engine)) {
            recording.reset();
            Variable input = recording.constant(recording
                    .allocate(io.github.unrolled.tensor.Shape.of(1, 20, 17, 1))
                    .set(picture.values()));
            List<Variable> stages = model.corrections(recording, input);
            assertThat(stages).hasSize(3);
            for (int r = 1; r <= 3; r++) {
                float[] fewer = Restoration.restore(model.withRecursions(r), inference, picture)
                        .values();
                float[] base = model.base(picture).values();
                float[] stage = stages.get(r - 1).value().toFloats();
                for (int i = 0; i < base.length; i++) {
                    assertThat(fewer[i]).isEqualTo(base[i] + stage[i], within(1e-5f));
                }
            }
        }
    }

    /** One weight of the trunk is used at every recursion: its gradient is the sum over all of them. */
    @ParameterizedTest
    @ValueSource(strings = {"x2", "grey"})
    void gradientsAreThoseOfTheLoss(String kind) {
        try (Restorer model = loud(kind);
                Engine engine = BACKEND.newEngine(1);
                Tape tape = Tape.recording(engine)) {
            RestorationObjective objective = new RestorationObjective(model);
            Planes picture = YCbCr.luminance(DeadLeaves.generate(24, 24, new Seed(1)));
            PatchSampler.Pair pair =
                    model.scale() == 2 ? RestorationTask.reduced(picture, 2) : PatchSampler.Pair.same(picture);
            PatchBatch batch = new PatchSampler(List.of(pair), 2, 12, new Seed(1)).next();
            loss(objective, tape, batch);
            for (Parameter parameter : model.parameters()) {
                float[] values = parameter.value().toFloats();
                int at = values.length / 2;
                tape.reset();
                tape.backward(objective.loss(tape, batch, 0));
                double gradient = tape.gradient(parameter).toFloats()[at];
                float step = 2e-3f;
                float before = values[at];
                values[at] = before + step;
                parameter.value().set(values);
                double above = loss(objective, tape, batch);
                values[at] = before - step;
                parameter.value().set(values);
                double below = loss(objective, tape, batch);
                values[at] = before;
                parameter.value().set(values);
                assertThat((above - below) / (2 * step))
                        .as(parameter.name())
                        .isEqualTo(gradient, within(0.02 * Math.abs(gradient) + 0.3));
            }
        }
    }

    private static double loss(RestorationObjective objective, Tape tape, PatchBatch batch) {
        tape.reset();
        return objective.loss(tape, batch, 0).value().scalar();
    }

    private static RestorationOptions tiny(String task) {
        boolean upscale = task.equals(RestorationOptions.UPSCALE);
        return new RestorationOptions(task, upscale ? 2 : 1, 1, 8, 2, upscale ? 2 : 0, 16, 4, 2);
    }

    private static Recipe recipe(int steps) {
        return ImagingRecipe.of(new Budget.Steps(steps), 7, 2)
                .withIntervals(0, 0)
                .withHalf(false);
    }

    private static Training.Report train(Training<PatchBatch> training, Path folder) throws IOException {
        Files.createDirectories(folder);
        return training.run(
                folder.resolve("best.zip"),
                folder.resolve("last.zip"),
                "test",
                TrainingListener.none(),
                files -> files,
                () -> false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"upscale", "denoise"})
    void trainingBeatsDoingNothing(String task) throws IOException {
        PictureSet pictures = PictureSet.deadLeaves("leaves", 8, 64, new Seed(1));
        try (RestorationTask untrained = new RestorationTask(BACKEND, tiny(task), recipe(1), pictures);
                RestorationTask trained = new RestorationTask(BACKEND, tiny(task), recipe(400), pictures);
                Training<PatchBatch> training = new Training<>(BACKEND, recipe(400), trained)) {
            for (Parameter parameter : untrained.model().parameters()) {
                parameter.value().fill(0);
            }
            double nothing = untrained.measure(BACKEND).value();
            Training.Report report = train(training, folder);
            assertThat(report.best().orElseThrow().value())
                    .isGreaterThan(nothing + (task.equals("upscale") ? 0.2 : 1.5));
            // The file gives back what was measured.
            try (SavedRestorer saved = SavedRestorer.load(folder.resolve("best.zip"), BACKEND)) {
                assertThat(saved.model().describe()).isEqualTo(trained.model().describe());
                assertThat(saved.provenance().path("metrics").path("validation").asDouble())
                        .isEqualTo(report.best().orElseThrow().value());
            }
            assertThatThrownBy(() -> SavedAutoencoder.load(folder.resolve("best.zip"), BACKEND))
                    .hasMessageContaining("is no autoencoder");
        }
    }

    @Test
    void aContinuedRunIsTheOneNeverStopped() throws IOException {
        PictureSet pictures = PictureSet.deadLeaves("leaves", 5, 48, new Seed(1));
        Path whole = folder.resolve("whole");
        Path part = folder.resolve("part");
        for (int[] run : new int[][] {{6, 0}, {3, 1}, {6, 2}}) {
            Recipe how = recipe(6);
            try (RestorationTask task = new RestorationTask(BACKEND, tiny("denoise"), how, pictures);
                    Training<PatchBatch> training = new Training<>(BACKEND, how, task)) {
                Path to = run[1] == 0 ? whole : part;
                if (run[1] == 2) {
                    training.restore("last.zip", ModelFile.read(to.resolve("last.zip")));
                }
                Files.createDirectories(to);
                long stopAfter = run[0];
                training.run(
                        to.resolve("best.zip"),
                        to.resolve("last.zip"),
                        "test",
                        TrainingListener.none(),
                        files -> files,
                        () -> training.steps() >= stopAfter);
            }
        }
        ModelFile one = ModelFile.read(whole.resolve("best.zip"));
        ModelFile other = ModelFile.read(part.resolve("best.zip"));
        one.weights()
                .forEach((name, tensor) -> assertThat(other.weights().get(name).toFloats())
                        .as(name)
                        .containsExactly(tensor.toFloats()));
    }

    @Test
    void anotherScaleBeginsWithTheTrunk() throws IOException {
        PictureSet pictures = PictureSet.deadLeaves("leaves", 4, 64, new Seed(1));
        RestorationOptions three = new RestorationOptions("upscale", 3, 1, 8, 2, 2, 16, 4, 2);
        try (RestorationTask two = new RestorationTask(BACKEND, tiny("upscale"), recipe(1), pictures);
                Training<PatchBatch> training = new Training<>(BACKEND, recipe(1), two);
                RestorationTask next = new RestorationTask(BACKEND, three, recipe(1), pictures)) {
            train(training, folder);
            ModelFile trained = ModelFile.read(folder.resolve("best.zip"));
            // All but the tail's 3·3·8 weights and 1 bias for each of 9 pixels.
            assertThat(trained.assignWhereTheyFit("best.zip", next.model().parameters()))
                    .isEqualTo(next.model().parameterCount() - 9 * 73);
        }
    }

    @Test
    void picturesThatAreTooSmallAreSaid() {
        PictureSet pictures = PictureSet.deadLeaves("leaves", 4, 20, new Seed(1));
        assertThatThrownBy(() -> new RestorationTask(BACKEND, tiny("upscale"), recipe(1), pictures))
                .hasMessageContaining("smaller than a patch of 32");
        assertThatThrownBy(() -> new RestorationOptions("upscale", 5, 1, 8, 2, 2, 16, 4, 2))
                .hasMessageContaining("scale is 5, expected 2 to 4");
    }

    @Test
    void everyTestOfTheTablesHasItsBaseline() {
        for (String test : List.of("set5-x2", "set14-x4")) {
            assertThat(PublishedScores.of(test)).extracting(Score::model).contains("bicubic", "fsrcnn", "vdsr", "drrn");
        }
        assertThat(PublishedScores.of("set12-25")).extracting(Score::model).contains("bm3d", "dncnn-s");
        assertThat(PublishedScores.of("no such")).isEmpty();
    }
}
