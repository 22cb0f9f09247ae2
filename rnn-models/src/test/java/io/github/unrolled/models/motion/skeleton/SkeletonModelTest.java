package io.github.unrolled.models.motion.skeleton;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Backends;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.engine.reference.ReferenceBackend;
import io.github.unrolled.model.ModelFile;
import io.github.unrolled.model.ModelFileException;
import io.github.unrolled.model.StoredType;
import io.github.unrolled.tensor.ElementType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SkeletonModelTest {
    private final Backend reference = new ReferenceBackend(ElementType.FLOAT64);

    private static double loss(SkeletonModel model, Tape tape, PoseBatch batch) {
        tape.reset();
        return new PoseObjective(model).loss(tape, batch, 0).value().scalar();
    }

    /** Against central differences along a random direction of every parameter, on the reference engine. */
    @ParameterizedTest
    @ValueSource(strings = {SkeletonConfig.SPECTRAL_GRU, SkeletonConfig.RESIDUAL_GRU})
    void gradientsOfTheLoss(String network) {
        PoseBatch batch = new PoseBatch(SkeletonFixtures.windows(2));
        try (SkeletonModel model = SkeletonFixtures.model(network, SkeletonFixtures.few(), reference);
                Engine engine = reference.newEngine(1);
                Tape tape = Tape.recording(engine)) {
            loss(model, tape, batch);
            tape.reset();
            tape.backward(new PoseObjective(model).loss(tape, batch, 0));
            for (Parameter parameter : model.parameters()) {
                double[] gradient = tape.gradient(parameter).toDoubles();
                double[] values = parameter.value().toDoubles();
                double slope = 0;
                double[] up = values.clone();
                double[] down = values.clone();
                double step = 1e-6;
                for (int i = 0; i < values.length; i++) {
                    double direction = Math.sin(1.7 * i + 1);
                    slope += gradient[i] * direction;
                    up[i] += step * direction;
                    down[i] -= step * direction;
                }
                try (Tape forward = Tape.inference(engine)) {
                    parameter.value().set(up);
                    double above = loss(model, forward, batch);
                    parameter.value().set(down);
                    double below = loss(model, forward, batch);
                    parameter.value().set(values);
                    double numeric = (above - below) / (2 * step);
                    assertThat(slope)
                            .as(parameter.name())
                            .isCloseTo(numeric, within(1e-6 * Math.max(1, Math.abs(numeric))));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {SkeletonConfig.SPECTRAL_GRU, SkeletonConfig.RESIDUAL_GRU})
    void whatComesAfterIsNotLookedAtAndWindowsAreIndependent(String network) {
        Backend backend = Backends.best();
        List<float[][]> windows = SkeletonFixtures.windows(3);
        try (SkeletonModel model = SkeletonFixtures.model(network, SkeletonFixtures.all(), backend);
                Engine engine = backend.newEngine(1);
                Tape tape = Tape.inference(engine)) {
            List<float[][]> together = model.predict(tape, windows);
            float[][] seenOnly = java.util.Arrays.copyOf(windows.get(1), SkeletonFixtures.SEEN);
            float[][] alone = model.predict(tape, List.<float[][]>of(seenOnly)).get(0);
            assertThat(alone).hasNumberOfRows(SkeletonFixtures.PREDICTED);
            for (int t = 0; t < alone.length; t++) {
                assertThat(alone[t]).containsExactly(together.get(1)[t], within(1e-5f));
            }
        }
    }

    @Test
    void aSavedModelPredictsTheSame(@TempDir Path folder) throws IOException {
        Backend backend = Backends.best();
        Path file = folder.resolve("model.zip");
        List<float[][]> windows = SkeletonFixtures.windows(1);
        try (SkeletonModel model =
                        SkeletonFixtures.model(SkeletonConfig.SPECTRAL_GRU, SkeletonFixtures.all(), backend);
                Engine engine = backend.newEngine(1);
                Tape tape = Tape.inference(engine)) {
            new ModelFile(SavedSkeleton.describe(model), ModelFile.values(model.parameters()), Map.of())
                    .write(file, StoredType.F32);
            float[][] before = model.predict(tape, windows).get(0);
            try (SavedSkeleton saved = SavedSkeleton.load(file, backend)) {
                assertThat(saved.model().layout().skeleton())
                        .isEqualTo(model.layout().skeleton());
                assertThat(saved.model().frameSeconds()).isEqualTo(model.frameSeconds());
                float[][] after = saved.model().predict(tape, windows).get(0);
                for (int t = 0; t < before.length; t++) {
                    assertThat(after[t]).containsExactly(before[t]);
                }
            }
        }
    }

    @Test
    void damagedDescriptionsAreRefusedBeforeAnythingIsAllocated() {
        Backend backend = Backends.best();
        try (SkeletonModel model =
                SkeletonFixtures.model(SkeletonConfig.SPECTRAL_GRU, SkeletonFixtures.few(), backend)) {
            ModelFile file =
                    new ModelFile(SavedSkeleton.describe(model), ModelFile.values(model.parameters()), Map.of());
            ((com.fasterxml.jackson.databind.node.ObjectNode) file.description().path("architecture"))
                    .put("hidden", 2_000_000_000);
            assertThatThrownBy(() -> SavedSkeleton.of("m.zip", file, backend))
                    .isInstanceOf(ModelFileException.class)
                    .hasMessageContaining("m.zip is damaged")
                    .hasMessageContaining("hidden is 2000000000, expected 1 to 16384");
            file.description().put("type", "charlm");
            assertThatThrownBy(() -> SavedSkeleton.of("m.zip", file, backend))
                    .hasMessageContaining("m.zip is no predictor of skeletons but 'charlm'");
        }
    }
}
