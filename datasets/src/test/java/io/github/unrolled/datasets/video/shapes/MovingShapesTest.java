package io.github.unrolled.datasets.video.shapes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.unrolled.datasets.video.clip.ClipSet;
import io.github.unrolled.datasets.video.clip.LabelLevel;
import io.github.unrolled.datasets.video.clip.LabelledClip;
import io.github.unrolled.random.Seed;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MovingShapesTest {
    private static final MovingShapes SHAPES = MovingShapes.standard();

    @Test
    void theSameSeedGivesTheSameClips() {
        ClipSet once = SHAPES.sample("once", 2, LabelLevel.FRAME, new Seed(7)).clips();
        ClipSet more = SHAPES.sample("more", 3, LabelLevel.FRAME, new Seed(7)).clips();
        for (int i = 0; i < 2; i++) {
            assertThat(bytes(more.clips().get(i))).isEqualTo(bytes(once.clips().get(i)));
            assertThat(more.clips().get(i).labels())
                    .isEqualTo(once.clips().get(i).labels());
        }
        ClipSet other = SHAPES.sample("other", 1, LabelLevel.FRAME, new Seed(8)).clips();
        assertThat(bytes(other.clips().get(0))).isNotEqualTo(bytes(once.clips().get(0)));
    }

    private static byte[] bytes(LabelledClip clip) {
        byte[] bytes = new byte[clip.length() * clip.frames().size().values()];
        clip.frames().readBytes(0, clip.length(), bytes, 0);
        return bytes;
    }

    @Test
    void aClipIsLabelledAsItsLastFrame() {
        ClipSet frames =
                SHAPES.sample("frames", 5, LabelLevel.FRAME, new Seed(3)).clips();
        ClipSet clips = SHAPES.sample("clips", 5, LabelLevel.CLIP, new Seed(3)).clips();
        for (int i = 0; i < 5; i++) {
            int last = frames.clips().get(i).label(SHAPES.frames() - 1);
            assertThat(clips.clips().get(i).labels()).containsOnly(last);
        }
        assertThat(frames.counts()).hasSize(4).doesNotContain(0);
    }

    @Test
    void withoutMemoryMostFramesCannotBeLabelled() {
        MovingShapes.Sample sample = SHAPES.sample("bound", 300, LabelLevel.FRAME, new Seed(11));
        assertThat(sample.memorylessAccuracy()).isBetween(0.4, 0.6);
        long[] counts = sample.clips().counts();
        assertThat(Arrays.stream(counts).sum()).isEqualTo(300L * SHAPES.frames());
        assertThat(Arrays.stream(counts).min().orElseThrow()).isGreaterThan(300L * SHAPES.frames() / 5);
    }

    /**
     * For one way to move, every choice of kinds and leader is drawn. Whoever has learned all of these pictures by heart, and
     * answers with the label that the same picture has most often, is right as often as the generator says.
     */
    @Test
    void theBoundIsThatOfLearningAllPicturesByHeart() {
        int side = SHAPES.side();
        for (long seed = 0; seed < 6; seed++) {
            Round drawn = Round.draw(new Seed(seed).generator(), side, 40);
            Map<ByteBuffer, int[]> labelsOfPicture = new HashMap<>();
            double claimed = 0;
            long pictures = 0;
            for (List<Kind> kinds : arrangements(drawn.kinds().size())) {
                for (int leader = 0; leader < kinds.size(); leader++) {
                    Round round = new Round(
                            drawn.length(), kinds, drawn.tracks(), leader, drawn.pillarFrom(), drawn.pillarTo());
                    Painter painter = new Painter(side, new Seed(1).generator());
                    for (int frame = 0; frame < round.length(); frame++) {
                        painter.draw(round, frame, 0);
                        claimed += round.chance(frame, painter.visible(round, frame));
                        ByteBuffer picture = ByteBuffer.wrap(painter.exact());
                        labelsOfPicture
                                .computeIfAbsent(picture, key -> new int[4])[
                                round.label().ordinal()]++;
                        pictures++;
                    }
                }
            }
            double right = 0;
            for (int[] labels : labelsOfPicture.values()) {
                right += Arrays.stream(labels).max().orElseThrow();
            }
            assertThat(right / pictures).as("seed %d", seed).isCloseTo(claimed / pictures, within(0.02));
            assertThat(right).as("seed %d", seed).isLessThanOrEqualTo(claimed + 1e-6);
        }
    }

    private static List<List<Kind>> arrangements(int length) {
        List<List<Kind>> all = new ArrayList<>();
        extend(new ArrayList<>(), length, all);
        return all;
    }

    private static void extend(List<Kind> begun, int length, List<List<Kind>> all) {
        if (begun.size() == length) {
            all.add(List.copyOf(begun));
            return;
        }
        for (Kind kind : Kind.all()) {
            if (!begun.contains(kind)) {
                List<Kind> longer = new ArrayList<>(begun);
                Collections.addAll(longer, kind);
                extend(longer, length, all);
            }
        }
    }

    @Test
    void refusesWhatIsTooSmall() {
        assertThatThrownBy(() -> new MovingShapes(23, 32)).hasMessageContaining("23 frames");
        assertThatThrownBy(() -> new MovingShapes(24, 15)).hasMessageContaining("15 pixels");
    }
}
