package io.github.unrolled.models.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every expected number was worked out by hand. */
final class MetricsTest {
    /** 0 0 0 0 1 1 1 1 2 2: three segments. */
    private static final int[] TRUTH = {0, 0, 0, 0, 1, 1, 1, 1, 2, 2};

    @Test
    void runsOfLabelsAreSegments() {
        assertThat(Segment.runs(TRUTH))
                .containsExactly(new Segment(0, 0, 4), new Segment(1, 4, 8), new Segment(2, 8, 10));
        assertThat(Segment.runs()).isEmpty();
        assertThat(Segment.runs(7)).containsExactly(new Segment(7, 0, 1));
    }

    @Test
    void overlapIsIntersectionOverUnion() {
        assertThat(new Segment(0, 0, 4).intersectionOverUnion(new Segment(0, 2, 6)))
                .isEqualTo(2.0 / 6);
        assertThat(new Segment(0, 0, 4).intersectionOverUnion(new Segment(0, 6, 8)))
                .isZero();
    }

    @Test
    void editDistanceCountsInsertionsDeletionsAndReplacements() {
        assertThat(EditDistance.between(new int[] {1, 2, 3}, 1, 2, 3)).isZero();
        assertThat(EditDistance.between(new int[] {1, 2, 3}, 1, 3)).isEqualTo(1);
        assertThat(EditDistance.between(new int[] {}, 1, 3)).isEqualTo(2);
        assertThat(EditDistance.between(new int[] {1, 4, 3, 5}, 1, 2, 3)).isEqualTo(2);
    }

    @Test
    void segmentScoresOfAnOverSegmentedClip() {
        SegmentScores scores = new SegmentScores(Set.of());
        // Segments found: 0 [0,2) 1 [2,3) 0 [3,5) 1 [5,8) 2 [8,10). Distance 2 of 5: Edit 60.
        // 0 [0,2): IoU 2/4, hits at 10, 25, 50. 1 [2,3): 0 of 1 [4,8), misses. 0 [3,5): IoU 1/5 but already hit.
        // 1 [5,8): 3/4, hits. 2: 1, hits. So 3 hits, 5 found, 3 true: F1 = 6/8 at every overlap.
        scores.add(TRUTH, 0, 0, 1, 0, 0, 1, 1, 1, 2, 2);
        assertThat(scores.edit()).isCloseTo(60, within(1e-12));
        for (int overlap : SegmentScores.OVERLAPS) {
            assertThat(scores.f1(overlap)).isCloseTo(75, within(1e-12));
        }
    }

    @Test
    void segmentsThatHardlyOverlapHitAtLowThresholdsOnly() {
        SegmentScores scores = new SegmentScores(Set.of());
        // 0 [0,1): 1/4. 1 [1,5): 1/7. 2 [5,10): 2/5. F1@10: 3 of 3; F1@25: two; F1@50: none.
        scores.add(TRUTH, 0, 1, 1, 1, 1, 2, 2, 2, 2, 2);
        assertThat(scores.edit()).isEqualTo(100);
        assertThat(scores.f1(10)).isEqualTo(100);
        assertThat(scores.f1(25)).isCloseTo(100.0 * 2 / 3, within(1e-12));
        assertThat(scores.f1(50)).isZero();
    }

    @Test
    void hitsArePooledAndEditIsAMeanOverClips() {
        SegmentScores scores = new SegmentScores(Set.of());
        scores.add(new int[] {0, 0}, 0, 0);
        scores.add(new int[] {0, 1, 2}, 3, 3, 3);
        // Edit 100 and 0. One hit, 2 found, 4 true: 2/6.
        assertThat(scores.edit()).isEqualTo(50);
        assertThat(scores.f1(50)).isCloseTo(100.0 * 2 / 6, within(1e-12));
    }

    @Test
    void backgroundAndUnlabelledFramesDoNotCount() {
        SegmentScores scores = new SegmentScores(Set.of(9));
        scores.add(new int[] {9, 9, 1, 1, -1, -1, 9}, 9, 2, 1, 1, 2, 3, 9);
        // Found 2 [1,2) and 1 [2,4), true 1 [2,4): distance 1 of 2; one hit of 2 found, 1 true.
        assertThat(scores.edit()).isEqualTo(50);
        assertThat(scores.f1(50)).isCloseTo(100.0 * 2 / 3, within(1e-12));
    }

    @Test
    void confusionAccuracyAndClasses() {
        ConfusionMatrix matrix = new ConfusionMatrix(3);
        matrix.add(new int[] {0, 0, 0, 0, 1, 1, -1}, 0, 0, 0, 1, 1, 0, 2);
        assertThat(matrix.total()).isEqualTo(6);
        assertThat(matrix.count(0, 1)).isEqualTo(1);
        assertThat(matrix.accuracy()).isCloseTo(4.0 / 6, within(1e-12));
        assertThat(matrix.accuracy(label -> label != 0)).isEqualTo(0.5);
        ConfusionMatrix.ClassScore zero = matrix.score(0);
        assertThat(zero.frames()).isEqualTo(4);
        assertThat(zero.precision()).isEqualTo(0.75);
        assertThat(zero.recall()).isEqualTo(0.75);
        assertThat(matrix.score(1).f1()).isCloseTo(0.5, within(1e-12));
        assertThat(matrix.score(2).recall()).isNaN();
        assertThat(matrix.score(2).f1()).isZero();
    }

    @Test
    void wordsInTheSentenceAndWithKnownBoundaries() {
        WordAccuracy words = new WordAccuracy(Set.of(0));
        // Spoken: 1 1 1 | 2 2 | 3 3 3. Read off: 1, 3 (for 2 and 3 together), then 2 after a silence.
        int[] truth = {0, 1, 1, 1, 2, 2, 3, 3, 3, 0};
        int[] read = {0, 1, 1, 1, 3, 3, 3, 0, 2, 0};
        float[][] logs = new float[read.length][];
        for (int t = 0; t < read.length; t++) {
            logs[t] = new float[] {-4, -4, -4, -4};
            logs[t][read[t]] = -0.1f;
        }
        // The vote for 2 hears 3; the frames of 3 say 3, silence and 2: with -3 for 3 in the last, 3 wins.
        logs[8][3] = -3;
        words.add(truth, logs);
        assertThat(words.words()).isEqualTo(3);
        // 1 3 2 for 1 2 3: distance 2.
        assertThat(words.inSentence()).isCloseTo(1 - 2.0 / 3, within(1e-12));
        assertThat(words.withKnownBoundaries()).isCloseTo(2.0 / 3, within(1e-12));
    }

    @Test
    void insertionsCostMoreThanEverything() {
        WordAccuracy words = new WordAccuracy(Set.of());
        words.add(new int[] {0, 0, 0}, new float[][] {{-9, 0}, {0, -9}, {-9, 0}});
        assertThat(words.inSentence()).isEqualTo(-1);
    }

    @Test
    void logSoftmaxSumsToOne() {
        float[] logs = Labels.logSoftmax(new float[] {9, 1, 2, 3, 1000}, 1, 3);
        assertThat(Math.exp(logs[0]) + Math.exp(logs[1]) + Math.exp(logs[2])).isCloseTo(1, within(1e-6));
        assertThat(logs[2] - logs[0]).isCloseTo(2, within(1e-6f));
    }

    @Test
    void lengthsMustFit() {
        assertThatThrownBy(() -> new SegmentScores(Set.of()).add(new int[3], 1, 2))
                .hasMessageContaining("2 predicted labels for 3 frames");
        assertThatThrownBy(() -> new ConfusionMatrix(2).add(new int[3], 1, 0))
                .hasMessageContaining("2 predicted labels for 3 frames");
    }
}
