package io.github.unrolled.models.video;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class VideoModelTest {
    private static final Backend EXACT = new ReferenceBackend(ElementType.FLOAT64);
    private static final float[] EVEN = {1, 1, 1};

    private static float[] frame(LabelledSequence sequence, int index) {
        float[] frame = new float[Fixtures.HEIGHT * Fixtures.WIDTH * Fixtures.CHANNELS];
        sequence.values().read(index, 1, frame, 0);
        return frame;
    }

    private static float[][] streamed(SavedVideo saved, Engine engine, LabelledSequence sequence) {
        List<FrameStream.Result> results = new ArrayList<>();
        try (FrameStream stream = new FrameStream(saved, engine)) {
            for (int t = 0; t < sequence.frames(); t++) {
                List<FrameStream.Result> now = stream.push(frame(sequence, t));
                if (stream.delay() == 0) {
                    assertThat(now).hasSize(1);
                }
                results.addAll(now);
            }
            results.addAll(stream.finish());
        }
        for (int t = 0; t < results.size(); t++) {
            assertThat(results.get(t).index()).isEqualTo(t);
        }
        return results.stream().map(FrameStream.Result::logProbabilities).toArray(float[][]::new);
    }

    private static void assertEqual(float[][] found, float[][] expected) {
        assertThat(found).hasNumberOfRows(expected.length);
        for (int t = 0; t < expected.length; t++) {
            assertThat(found[t]).as("frame %d", t).containsExactly(expected[t], within(1e-5f));
        }
    }

    /** 130 frames: more than a window of the labeller, so its states are carried too. */
    @ParameterizedTest
    @ValueSource(strings = {VideoConfig.NONE, VideoConfig.GRU, VideoConfig.LSTM, VideoConfig.CONV_GRU})
    void aCausalNetworkGivesStepByStepWhatTheWholeSequenceGives(String recurrence) {
        Backend backend = Backends.best();
        LabelledSequence sequence = Fixtures.sequence(130, 3);
        try (SavedVideo saved = Fixtures.saved(Fixtures.config(recurrence, false, 2, 0), backend);
                Engine engine = backend.newEngine(1);
                SequenceLabeller labeller = new SequenceLabeller(saved, engine);
                Scorer scorer = new Scorer(saved.model(), engine)) {
            float[][] steps = streamed(saved, engine, sequence);
            assertEqual(steps, labeller.frames(sequence.values()));
            int values = saved.model().config().values();
            float[][] whole = scorer.score(
                    sequence.values(), 0, 130, saved.standardisation().of(sequence.values(), values));
            assertThat(Labels.logSoftmax(whole[129], 0, 3)).containsExactly(steps[129], within(1e-5f));
        }
    }

    @ParameterizedTest
    @CsvSource({"gru, true, 1, 1, 1000", "lstm, true, 0, 0, 50", "gru, false, 1, 2, 130"})
    void aNetworkThatLooksAheadLabelsAStreamAsItLabelsTheWhole(
            String recurrence, boolean bidirectional, int before, int ahead, int frames) {
        Backend backend = Backends.best();
        LabelledSequence sequence = Fixtures.sequence(frames, 4);
        try (SavedVideo saved = Fixtures.saved(Fixtures.config(recurrence, bidirectional, before, ahead), backend);
                Engine engine = backend.newEngine(1);
                SequenceLabeller labeller = new SequenceLabeller(saved, engine)) {
            assertEqual(streamed(saved, engine, sequence), labeller.frames(sequence.values()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {VideoConfig.MEAN, VideoConfig.LAST})
    void theLabelOfAClipIsThatOfItsStreamAtTheEnd(String pooling) {
        Backend backend = Backends.best();
        LabelledSequence sequence = Fixtures.sequence(30, 5);
        VideoConfig config = Fixtures.config(VideoConfig.GRU, false, 1, 0, VideoConfig.CLIP, pooling);
        try (SavedVideo saved = Fixtures.saved(config, backend);
                Engine engine = backend.newEngine(1);
                SequenceLabeller labeller = new SequenceLabeller(saved, engine)) {
            float[][] stream = streamed(saved, engine, sequence);
            assertThat(labeller.clip(sequence.values())).containsExactly(stream[29], within(1e-5f));
        }
    }

    private static VideoObjective objective(
            Backend backend, SavedVideo saved, List<LabelledSequence> sequences, double smoothing) {
        return new VideoObjective(backend, saved.model(), saved.standardisation(), sequences, EVEN, smoothing, 1);
    }

    private static double loss(Tape tape, VideoObjective objective, ClipBatch batch) {
        tape.reset();
        return objective.loss(tape, batch, 0).value().scalar();
    }

    /** Against central differences along a direction of every parameter, on the reference engine in double. */
    @ParameterizedTest
    @CsvSource({
        "gru, true, frame, mean",
        "lstm, false, frame, mean",
        "conv-gru, false, frame, mean",
        "none, false, clip, mean",
        "gru, false, clip, last"
    })
    void gradientsOfTheLoss(String recurrence, boolean bidirectional, String level, String pooling) {
        List<LabelledSequence> sequences = List.of(Fixtures.sequence(5, 1), Fixtures.sequence(3, 2));
        ClipBatch batch = new ClipBatch(List.of(Fixtures.whole(sequences, 0), Fixtures.whole(sequences, 1)));
        VideoConfig config = Fixtures.config(recurrence, bidirectional, 1, 1, level, pooling);
        try (SavedVideo saved = Fixtures.saved(config, EXACT);
                VideoObjective objective = objective(EXACT, saved, sequences, 0);
                Engine engine = EXACT.newEngine(1);
                Tape tape = Tape.recording(engine);
                Tape forward = Tape.inference(engine)) {
            tape.backward(objective.loss(tape, batch, 0));
            for (Parameter parameter : saved.model().parameters()) {
                double[] gradient = tape.gradient(parameter).toDoubles();
                double[] values = parameter.value().toDoubles();
                double[] up = values.clone();
                double[] down = values.clone();
                double slope = 0;
                double step = 1e-6;
                for (int i = 0; i < values.length; i++) {
                    double direction = Math.sin(1.7 * i + 1);
                    slope += gradient[i] * direction;
                    up[i] += step * direction;
                    down[i] -= step * direction;
                }
                parameter.value().set(up);
                double above = loss(forward, objective, batch);
                parameter.value().set(down);
                double below = loss(forward, objective, batch);
                parameter.value().set(values);
                double numeric = (above - below) / (2 * step);
                assertThat(slope)
                        .as(parameter.name())
                        .isCloseTo(numeric, within(2e-5 * Math.max(1, Math.abs(numeric))));
            }
        }
    }

    @Test
    void paddingChangesNothing() {
        List<LabelledSequence> sequences =
                List.of(Fixtures.sequence(9, 1), Fixtures.sequence(4, 2), Fixtures.sequence(6, 3));
        try (SavedVideo saved = Fixtures.saved(Fixtures.config(VideoConfig.GRU, true, 1, 1), EXACT);
                VideoObjective objective = objective(EXACT, saved, sequences, 0.3);
                Engine engine = EXACT.newEngine(1);
                Tape tape = Tape.inference(engine)) {
            double apart = 0;
            List<ClipBatch.Window> windows = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                windows.add(Fixtures.whole(sequences, i));
                apart += loss(tape, objective, new ClipBatch(List.of(windows.get(i))));
            }
            assertThat(loss(tape, objective, new ClipBatch(windows))).isCloseTo(apart, within(1e-5));
        }
    }

    /** Three windows with a carried state have the loss of the whole, in the memory of one; a new sequence begins with zeros. */
    @Test
    void aLongClipTrainsInTheMemoryOfAWindow() {
        List<LabelledSequence> sequences = List.of(Fixtures.sequence(24, 1), Fixtures.sequence(4000, 2));
        try (SavedVideo saved = Fixtures.saved(Fixtures.config(VideoConfig.LSTM, false, 2, 0), EXACT);
                VideoObjective objective = objective(EXACT, saved, sequences, 0);
                Engine engine = EXACT.newEngine(1);
                Tape tape = Tape.recording(engine)) {
            double whole = loss(tape, objective, new ClipBatch(List.of(Fixtures.whole(sequences, 0))));
            double parts = 0;
            for (int from = 0; from < 24; from += 8) {
                parts += loss(
                        tape,
                        objective,
                        new ClipBatch(List.of(
                                new ClipBatch.Window(0, from, from + 8, from == 0, Augmentation.Drawn.NOTHING))));
            }
            assertThat(parts).isCloseTo(whole, within(1e-6));
        }
        Backend backend = Backends.best();
        try (SavedVideo saved = Fixtures.saved(Fixtures.config(VideoConfig.LSTM, false, 2, 0), backend);
                VideoObjective objective = objective(backend, saved, sequences, 0.1);
                Engine engine = backend.newEngine(1);
                Tape tape = Tape.recording(engine)) {
            long afterTwo = 0;
            for (int from = 0; from < 4000; from += 20) {
                ClipBatch batch = new ClipBatch(
                        List.of(new ClipBatch.Window(1, from, from + 20, from == 0, Augmentation.Drawn.NOTHING)));
                tape.reset();
                tape.backward(objective.loss(tape, batch, 0));
                if (from == 20) {
                    afterTwo = tape.capacity();
                }
            }
            assertThat(tape.capacity()).isEqualTo(afterTwo);
        }
    }

    /** ln p of two frames worked out by hand: (0, ln 3) gives ln 1/4 and ln 3/4. */
    @Test
    void smoothingByHand() {
        try (Engine engine = EXACT.newEngine(1);
                Tape tape = Tape.recording(engine)) {
            double three = Math.log(3);
            var logits = tape.source(
                    tape.allocate(io.github.unrolled.tensor.Shape.of(3, 1, 2)).set(0.0, 0.0, 0.0, three, 50.0, 0.0));
            double first = Math.log(0.25) - Math.log(0.5);
            double second = Math.log(0.75) - Math.log(0.5);
            double pair = (first * first + second * second) / 2;
            // From the second to the third frame: ln 1 - ln 1/4 is below 4, about -50 - ln 3/4 is cut at 4.
            double rise = -Math.log(0.25);
            double other = (rise * rise + 16) / 2;
            assertThat(TemporalSmoothing.loss(logits, new float[] {1, 1, 1})
                            .value()
                            .scalar())
                    .isCloseTo(pair + other, within(1e-5));
            assertThat(TemporalSmoothing.loss(logits, new float[] {1, 0, 1})
                            .value()
                            .scalar())
                    .isZero();
            var alone = TemporalSmoothing.loss(logits, new float[] {1, 1, 0});
            tape.backward(alone);
            // d/ds of the later frame: slopes 2 d / 2, then ln p = s - ln Σ exp s.
            double total = first + second;
            assertThat(logits.gradient().toDoubles())
                    .containsExactly(
                            new double[] {0, 0, first - total * 0.25, second - total * 0.75, 0, 0}, within(1e-5));
        }
    }

    @Test
    void aSavedModelLabelsTheSame(@TempDir Path folder) throws IOException {
        Backend backend = Backends.best();
        Path file = folder.resolve("model.zip");
        LabelledSequence sequence = Fixtures.sequence(12, 9);
        try (SavedVideo saved = Fixtures.saved(Fixtures.config(VideoConfig.GRU, true, 1, 1), backend);
                Engine engine = backend.newEngine(1);
                SequenceLabeller labeller = new SequenceLabeller(saved, engine)) {
            new ModelFile(
                            SavedVideo.describe(saved.model(), saved.standardisation(), saved.classes()),
                            ModelFile.values(saved.model().parameters()),
                            Map.of())
                    .write(file, StoredType.F32);
            try (SavedVideo read = SavedVideo.load(file, backend);
                    SequenceLabeller other = new SequenceLabeller(read, engine)) {
                assertThat(read.classes()).isEqualTo(saved.classes());
                assertThat(other.frames(sequence.values())).isDeepEqualTo(labeller.frames(sequence.values()));
            }
        }
    }

    @Test
    void damagedDescriptionsAreRefusedBeforeAnythingIsAllocated() {
        Backend backend = Backends.best();
        try (SavedVideo saved = Fixtures.saved(Fixtures.config(VideoConfig.GRU, false, 0, 0), backend)) {
            ModelFile file = new ModelFile(
                    SavedVideo.describe(saved.model(), saved.standardisation(), saved.classes()),
                    ModelFile.values(saved.model().parameters()),
                    Map.of());
            ((com.fasterxml.jackson.databind.node.ObjectNode) file.description().path("architecture"))
                    .put("hidden", 2_000_000_000);
            assertThatThrownBy(() -> SavedVideo.of("m.zip", file, backend))
                    .isInstanceOf(ModelFileException.class)
                    .hasMessageContaining("m.zip is damaged")
                    .hasMessageContaining("hidden is 2000000000, expected 1 to 8192");
            file.description().put("type", "charlm");
            assertThatThrownBy(() -> SavedVideo.of("m.zip", file, backend))
                    .hasMessageContaining("m.zip is no model for video but 'charlm'");
        }
    }
}
