package io.github.unrolled.datasets.video.actions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.motion.MirroredFiles;
import io.github.unrolled.datasets.video.FrameSize;
import io.github.unrolled.datasets.video.clip.ClipSet;
import io.github.unrolled.datasets.video.clip.ClipSource;
import io.github.unrolled.datasets.video.clip.ClipSplit;
import io.github.unrolled.datasets.video.clip.FrameCache;
import io.github.unrolled.datasets.video.clip.LabelledClip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmallSetsTest {
    private static final FrameSize WHOLE = new FrameSize(144, 180, 1);

    @TempDir
    Path root;

    private FrameCache cache() {
        return new FrameCache(root.resolve("cache"), 1L << 30);
    }

    @Test
    void silhouettesHaveTheirPublishedNumbers() throws IOException {
        ClipSet set = WeizmannMasks.load(MirroredFiles.of("weizmann-masks"), new FrameSize(36, 45, 1));
        assertThat(set.clips()).hasSize(93);
        assertThat(set.frames()).isEqualTo(5687);
        assertThat(set.groups()).hasSize(9);
        assertThat(set.counts()).containsExactly(9, 9, 9, 9, 10, 9, 10, 10, 9, 9);
        ClipSplit split = WeizmannMasks.split(set);
        assertThat(split.train().clips()).hasSize(63);
        assertThat(split.valid().clips()).hasSize(10);
        assertThat(split.test().clips()).hasSize(20);
        assertThat(split.test().counts()).containsOnly(2);
        assertThat(set.leaveOut("lena").test().clips()).hasSize(13);
    }

    @Test
    void silhouettesEqualThoseOfTheCodedClips() throws IOException {
        Path folder = MirroredFiles.of("weizmann-masks");
        ClipSet set = WeizmannMasks.load(folder, WHOLE);
        LabelledClip clip = set.clips().stream()
                .filter(each -> each.name().equals("lena_walk2"))
                .findFirst()
                .orElseThrow();
        assertThat(set.classes().get(clip.clipLabel())).isEqualTo("walk");
        var coded = cache().clip(
                        ClipSource.ofZip(folder.resolve("weizmann-masks-clips.zip"), "walk/lena_walk2.mp4"), WHOLE);
        assertThat(coded.frames()).isEqualTo(clip.length());
        byte[] exact = new byte[clip.length() * WHOLE.values()];
        byte[] decoded = new byte[exact.length];
        clip.frames().readBytes(0, clip.length(), exact, 0);
        coded.readBytes(0, clip.length(), decoded, 0);
        for (int i = 0; i < exact.length; i++) {
            if (Math.abs((exact[i] & 0xff) - (decoded[i] & 0xff)) > 1) {
                throw new AssertionError("value " + i + " is " + (exact[i] & 0xff) + " and " + (decoded[i] & 0xff));
            }
        }
    }

    @Test
    void aDamagedFileOfMasksIsNamed() throws IOException {
        Path whole = MirroredFiles.of("weizmann-masks").resolve("original_masks.mat");
        Path file = root.resolve("original_masks.mat");
        byte[] bytes = Files.readAllBytes(whole);
        for (int length : new int[] {0, 100, 130, 200, 5000, bytes.length - 2000}) {
            Files.write(file, Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> WeizmannMasks.load(root, new FrameSize(36, 45, 1)))
                    .as("cut to %d bytes", length)
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("original_masks.mat");
        }
        Files.delete(file);
        assertThatThrownBy(() -> WeizmannMasks.load(root, WHOLE)).hasMessageContaining("does not exist");
    }

    @Test
    void spokenWordsAreSplitByTheirNumbers() throws IOException {
        ClipSplit split = LipWords.load(MirroredFiles.of("lip-words"), cache(), new FrameSize(40, 56, 1), name -> {});
        assertThat(split.train().clips()).hasSize(35);
        assertThat(split.test().clips()).hasSize(11).allMatch(clip -> clip.length() == 17);
        assertThat(split.test().clips()).extracting(LabelledClip::name).contains("cat/cat_45.mp4", "coop/coop_10.mp4");
        assertThat(split.test().counts()).containsExactly(6, 5);
        assertThat(split.train().classes()).containsExactly("cat", "coop");
    }
}
