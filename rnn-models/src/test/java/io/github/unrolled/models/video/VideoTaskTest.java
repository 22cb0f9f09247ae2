package io.github.unrolled.models.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Backends;
import io.github.unrolled.random.Seed;
import io.github.unrolled.train.Budget;
import io.github.unrolled.train.Recipe;
import io.github.unrolled.train.Snapshot;
import io.github.unrolled.train.Training;
import io.github.unrolled.train.TrainingListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VideoTaskTest {
    private static final int SIDE = 8;

    /** The label is which half was lit last; most frames are dark, so a frame alone cannot tell. */
    private static LabelledSequence flashes(long seed) {
        RandomGenerator random = new Seed(seed).generator();
        float[][] rows = new float[24][SIDE * SIDE];
        int[] labels = new int[rows.length];
        int label = -1;
        for (int t = 0; t < rows.length; t++) {
            if (t % 8 == 0) {
                label = random.nextInt(2);
                for (int i = 0; i < SIDE * SIDE / 2; i++) {
                    rows[t][label * SIDE * SIDE / 2 + i] = 1;
                }
            }
            labels[t] = label;
        }
        return new LabelledSequence("flashes " + seed, "g" + seed, Values.of(rows), labels, label);
    }

    private static VideoData data() {
        List<LabelledSequence> train = new ArrayList<>();
        List<LabelledSequence> validation = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            train.add(flashes(i));
            validation.add(flashes(1000 + i));
        }
        return new VideoData("flashes", List.of("upper", "lower"), SIDE, SIDE, 1, false, train, validation);
    }

    private static VideoSettings settings(String recurrence) {
        return new VideoSettings(
                0, 0, List.of(4), 8, recurrence, 8, 1, false, "mean", 0, false, 12, 8, 0, 0.5, false, 0, 0, 0);
    }

    private static double error(String recurrence, int workers, long steps, Path folder) {
        Backend backend = Backends.best();
        Recipe recipe = Recipe.of(new Budget.Steps(steps), 0.02, workers).withIntervals(0, 0);
        try (VideoTask task = new VideoTask(backend, settings(recurrence), recipe, data());
                Training<ClipBatch> training = new Training<>(backend, recipe, task)) {
            return training.run(
                            folder.resolve("best.zip"),
                            folder.resolve("last.zip"),
                            "test",
                            new TrainingListener() {},
                            checkpoints -> checkpoints,
                            () -> false)
                    .best()
                    .orElseThrow()
                    .value();
        }
    }

    @Test
    void memoryLearnsWhatAFrameCannotTell(@TempDir Path folder) {
        assertThat(error(VideoConfig.GRU, 2, 250, folder)).isLessThan(0.02);
        // One frame of eight tells; of the others half are guessed.
        assertThat(error(VideoConfig.NONE, 1, 60, folder)).isBetween(0.3, 0.6);
    }

    @Test
    void aBatchSourceGoesOnWhereItWas() {
        List<LabelledSequence> sequences = data().train();
        Augmentation augmentation = new Augmentation(true, 2, 0.1, 3);
        for (boolean carried : new boolean[] {true, false}) {
            WindowSource one = new WindowSource(sequences, 10, 5, carried, augmentation, new Seed(3));
            for (int i = 0; i < 17; i++) {
                one.next();
            }
            Snapshot snapshot = new Snapshot();
            one.save(snapshot);
            WindowSource other = new WindowSource(sequences, 10, 5, carried, augmentation, new Seed(3));
            other.restore(snapshot);
            for (int i = 0; i < 20; i++) {
                assertThat(other.next()).isEqualTo(one.next());
            }
            assertThat(other.epochs()).isEqualTo(one.epochs());
        }
    }

    @Test
    void everyFrameIsServedOnceInAnEpochWithItsStateCarried() {
        List<LabelledSequence> sequences = data().train();
        WindowSource source = new WindowSource(sequences, 10, 8, true, Augmentation.NONE, new Seed(3));
        boolean[][] served = new boolean[24][24];
        int[][] ended = new int[8][2];
        for (int i = 0; i < 9; i++) {
            ClipBatch batch = source.next();
            for (int place = 0; place < 8; place++) {
                ClipBatch.Window window = batch.windows().get(place);
                assertThat(window.begins()).isEqualTo(window.from() == 0);
                if (!window.begins()) {
                    assertThat(ended[place]).containsExactly(window.sequence(), window.from());
                }
                ended[place] = new int[] {window.sequence(), window.to()};
                for (int t = window.from(); t < window.to(); t++) {
                    assertThat(served[window.sequence()][t]).isFalse();
                    served[window.sequence()][t] = true;
                }
            }
        }
        assertThat(source.epochs()).isEqualTo(1);
    }

    @Test
    void rareClassesWeighMore() {
        float[][] rows = new float[6][1];
        VideoData data = new VideoData(
                "n",
                List.of("a", "b", "c"),
                1,
                1,
                1,
                false,
                List.of(new LabelledSequence("s", "g", Values.of(rows), new int[] {0, 0, 0, 0, 1, -1}, 0)),
                List.of(flashes(1)));
        // 5 labels of 3 classes: 5/3 on average; 4 and 1 of the first two.
        assertThat(VideoTask.classWeights(data, 1)[0]).isCloseTo(5f / 12, within(1e-6f));
        assertThat(VideoTask.classWeights(data, 1)[1]).isCloseTo(5f / 3, within(1e-6f));
        assertThat(VideoTask.classWeights(data, 1)[2]).isEqualTo(1);
        assertThat(VideoTask.classWeights(data, 0)).containsExactly(1, 1, 1);
    }

    @Test
    void aMovedAndMirroredWindowByHand() {
        VideoConfig config = new VideoConfig(1, 3, 1, 1, 0, List.of(1), 1, "none", 1, 1, false, "frame", "mean", 2, 0);
        float[][] rows = {{1, 2, 3}, {4, 5, 6}};
        float[] target = new float[2 * 3 * 2];
        // One to the right, then seen in a mirror: x shows what was at 2 - max(0, x - 1).
        Augmentation.Drawn change = new Augmentation.Drawn(true, 1, 0, 1, 0, 0, 0);
        new WindowFiller(config).fill(Values.of(rows), 0, 2, new float[][] {{2}, {1}}, change, target, 0, 1);
        // Each pixel: the frame before, then its own; before the first frame that frame itself; all 2 x + 1.
        assertThat(target).containsExactly(7, 7, 7, 7, 5, 5, 7, 13, 7, 13, 5, 11);
    }
}
