package io.github.unrolled.datasets.video.clip;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unrolled.datasets.video.shapes.MovingShapes;
import io.github.unrolled.random.Seed;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipFilmsTest {
    @TempDir
    Path root;

    private ClipSet writtenAndRead(ClipSet set) throws IOException {
        ClipFilms.write(set, root.resolve("films"), 4, MovingShapes.FRAME_RATE_HZ);
        FrameCache cache = new FrameCache(root.resolve("cache"), 1 << 24);
        return new ClipFolder(root.resolve("films"), cache, set.size(), name -> {}).load();
    }

    @Test
    void theEmbeddedSetSurvivesAsFilms() throws IOException {
        ClipSet set = MovingShapes.standard()
                .sample("shapes", 3, LabelLevel.FRAME, new Seed(5))
                .clips();
        ClipSet read = writtenAndRead(set);
        assertThat(read.problems()).isEmpty();
        assertThat(read.level()).isEqualTo(LabelLevel.FRAME);
        for (int i = 0; i < 3; i++) {
            LabelledClip before = set.clips().get(i);
            LabelledClip after = read.clips().get(i);
            assertThat(after.name()).isEqualTo(before.name() + ".mp4");
            assertThat(after.length()).isEqualTo(before.length());
            for (int t = 0; t < before.length(); t++) {
                assertThat(read.classes().get(after.label(t)))
                        .isEqualTo(set.classes().get(before.label(t)));
            }
            assertThat(difference(before, after)).isLessThan(6);
        }
    }

    /** On average, in steps of 255. */
    private static double difference(LabelledClip one, LabelledClip other) {
        int values = one.length() * one.frames().size().values();
        float[] first = new float[values];
        float[] second = new float[values];
        one.frames().read(0, one.length(), first, 0);
        other.frames().read(0, other.length(), second, 0);
        double sum = 0;
        for (int i = 0; i < values; i++) {
            sum += Math.abs(first[i] - second[i]);
        }
        return 255 * sum / values;
    }

    @Test
    void clipsWithALabelGoIntoFoldersOfClasses() throws IOException {
        ClipSet set = MovingShapes.standard()
                .sample("shapes", 4, LabelLevel.CLIP, new Seed(6))
                .clips();
        ClipSet read = writtenAndRead(set);
        assertThat(read.level()).isEqualTo(LabelLevel.CLIP);
        assertThat(read.clips()).hasSize(4);
        for (LabelledClip clip : read.clips()) {
            LabelledClip before = set.clips().stream()
                    .filter(each -> clip.name().endsWith(each.name() + ".mp4"))
                    .findFirst()
                    .orElseThrow();
            assertThat(read.classes().get(clip.clipLabel()))
                    .isEqualTo(set.classes().get(before.clipLabel()));
        }
    }
}
