package io.github.unrolled.datasets.video.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.catalogue.DatasetEntry;
import io.github.unrolled.datasets.motion.MirroredFiles;
import io.github.unrolled.datasets.video.VideoOptions;
import io.github.unrolled.datasets.video.clip.ClipSet;
import io.github.unrolled.datasets.video.clip.ClipSource;
import io.github.unrolled.datasets.video.clip.ClipSplit;
import io.github.unrolled.datasets.video.clip.FrameCache;
import io.github.unrolled.datasets.video.clip.LabelledClip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GridMouthTest {
    @TempDir
    Path root;

    private FrameCache cache() {
        return new FrameCache(root.resolve("cache"), 1L << 30);
    }

    private static byte[] bytes(LabelledClip clip) {
        byte[] bytes = new byte[clip.length() * clip.frames().size().values()];
        clip.frames().readBytes(0, clip.length(), bytes, 0);
        return bytes;
    }

    private static List<LabelledClip> all(ClipSplit split) {
        List<LabelledClip> clips = new ArrayList<>(split.train().clips());
        clips.addAll(split.valid().clips());
        clips.addAll(split.test().clips());
        return clips;
    }

    @Test
    void theListIsComplete() {
        List<GridClip> clips = GridClip.all();
        assertThat(clips).hasSize(1000);
        assertThat(clips.stream().filter(clip -> clip.session() == 2)).hasSize(31);
        assertThat(clips.stream().mapToInt(GridClip::frames).sum()).isEqualTo(74_995);
        assertThat(clips.get(0).sentence()).containsExactly("bin", "blue", "at", "f", "two", "now");
        assertThat(clips).noneMatch(clip -> clip.sentence().contains("?"));
        assertThat(GridMouth.CLASSES)
                .hasSize(53)
                .startsWith("sil", "sp")
                .doesNotContain("w")
                .doesNotHaveDuplicates();
        DatasetEntry originals = GridMouth.originals();
        assertThat(originals.files()).hasSize(2000);
        assertThat(originals.bytes()).isEqualTo(431_485_534);
        assertThat(originals.files().get(1).url().toString()).endsWith("/data/alignments/s1/bbaf2n.align");
    }

    /** The numbers of frames and the share of silence as they were computed independently. */
    @Test
    void theArchiveHasItsPublishedNumbers() throws IOException {
        ClipSplit split = GridMouth.load(MirroredFiles.of("grid-s1-mouth"), cache(), GridMouth.SIZE, name -> {});
        assertThat(split.train().problems()).isEmpty();
        assertThat(List.of(
                        split.train().clips().size(),
                        split.valid().clips().size(),
                        split.test().clips().size()))
                .containsExactly(810, 95, 94);
        assertThat(List.of(
                        split.train().frames(),
                        split.valid().frames(),
                        split.test().frames()))
                .containsExactly(60_748L, 7_199L - 75, 7_048L);
        assertThat(Math.round(10_000.0 * split.test().counts()[GridMouth.SILENCE] / 7048))
                .isEqualTo(5109);
        assertThat(present(split.train())).isEqualTo(53);
        assertThat(present(split.test())).isEqualTo(45);
        LabelledClip grey = split.train().clips().stream()
                .filter(clip -> clip.name().equals("prii9a"))
                .findFirst()
                .orElseThrow();
        assertThat(grey.label(11)).isEqualTo(LabelledClip.NONE);
        assertThat(grey.label(12)).isEqualTo(GridMouth.SILENCE);
    }

    private static long present(ClipSet set) {
        return java.util.Arrays.stream(set.counts()).filter(count -> count > 0).count();
    }

    @Test
    void originalsAndWhatIsCutFromThemAreTheSame() throws IOException {
        Path raw = MirroredFiles.of("grid-s1-raw");
        List<String> missing = GridCrop.run(raw, root.resolve("cut"), name -> {});
        assertThat(missing).hasSize(988);
        ClipSplit direct = GridMouth.load(raw, cache(), GridMouth.SIZE, name -> {});
        ClipSplit cut = GridMouth.load(root.resolve("cut"), cache(), GridMouth.SIZE, name -> {});
        assertThat(direct.train().problems()).anyMatch(each -> each.contains("988 of the 1000"));
        List<LabelledClip> first = all(direct);
        List<LabelledClip> second = all(cut);
        assertThat(first).hasSize(11);
        for (int i = 0; i < first.size(); i++) {
            assertThat(second.get(i).labels()).isEqualTo(first.get(i).labels());
            assertThat(bytes(second.get(i))).as(first.get(i).name()).isEqualTo(bytes(first.get(i)));
        }
    }

    /** 43.2 dB on average, 42.56 dB at least, as it was computed when the archive was made. */
    @Test
    void theArchiveIsCloseToTheOriginals() throws IOException {
        List<LabelledClip> exact =
                all(GridMouth.load(MirroredFiles.of("grid-s1-raw"), cache(), GridMouth.SIZE, name -> {}));
        Path zip = MirroredFiles.of("grid-s1-mouth").resolve("grid-s1-mouth.zip");
        for (LabelledClip clip : exact) {
            byte[] one = bytes(clip);
            byte[] other = new byte[one.length];
            ClipSource coded = ClipSource.ofZip(zip, "video/" + clip.name() + ".mp4")
                    .withOptions(VideoOptions.standard().withPixels(VideoOptions.Pixels.LUMA));
            cache().clip(coded, GridMouth.SIZE).readBytes(0, clip.length(), other, 0);
            double squares = 0;
            for (int i = 0; i < one.length; i++) {
                double difference = (one[i] & 0xff) - (other[i] & 0xff);
                squares += difference * difference;
            }
            assertThat(10 * Math.log10(255.0 * 255 * one.length / squares))
                    .as(clip.name())
                    .isBetween(42.5, 46.0);
        }
    }

    @Test
    void aFolderWithoutClipsIsNamed() throws IOException {
        assertThatThrownBy(() -> GridMouth.load(root.resolve("none"), cache(), GridMouth.SIZE, name -> {}))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("does not exist");
        Path empty = Files.createDirectories(root.resolve("empty"));
        assertThatThrownBy(() -> GridMouth.load(empty, cache(), GridMouth.SIZE, name -> {}))
                .hasMessageContaining("1000 of the 1000 clips");
        assertThatThrownBy(() -> GridCrop.run(empty, root.resolve("cut"), name -> {}))
                .hasMessageContaining("no clip could be cut");
    }
}
