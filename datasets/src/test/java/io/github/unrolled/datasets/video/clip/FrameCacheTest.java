package io.github.unrolled.datasets.video.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.video.Box;
import io.github.unrolled.datasets.video.FrameSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameCacheTest {
    private static final FrameSize GREY = new FrameSize(16, 16, 1);
    private static final int FRAMES = 8;

    @TempDir
    Path folder;

    private FrameCache cache(long limit) {
        return new FrameCache(folder.resolve("cache"), limit);
    }

    private List<Path> kept() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
            return files.sorted().toList();
        }
    }

    private static byte[] bytes(ClipFrames clip) {
        byte[] bytes = new byte[clip.frames() * clip.size().values()];
        clip.readBytes(0, clip.frames(), bytes, 0);
        return bytes;
    }

    @Test
    void framesAreReadInRangesAndScaled() throws IOException {
        Path film = Films.rising(folder.resolve("a.mp4"), FRAMES);
        DecodedClip clip = cache(1 << 20).clip(ClipSource.of(film), GREY);
        assertThat(clip.frames()).isEqualTo(FRAMES);
        assertThat(clip.frameRateHz()).isEqualTo(25);
        assertThat(clip.seconds(3)).isEqualTo(0.12);
        assertThat(clip.problems()).isEmpty();
        float[] two = new float[5 + 2 * GREY.values()];
        clip.read(3, 2, two, 5);
        int expected = 30 + 200 * 3 / (FRAMES - 1);
        assertThat(two[5] * 255).isBetween(expected - 4f, expected + 4f);
        assertThat(two[5 + GREY.values()]).isGreaterThan(two[5]);
        assertThat(two[0]).isZero();
        assertThatThrownBy(() -> clip.read(7, 2, two, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aClipIsDecodedOnceForEachForm() throws IOException {
        Path film = Films.rising(folder.resolve("a.mp4"), FRAMES);
        FrameCache cache = cache(1 << 20);
        cache.clip(ClipSource.of(film), GREY);
        FileTime written = Files.getLastModifiedTime(kept().get(0));
        Path copy = Files.copy(film, folder.resolve("renamed.mp4"));
        byte[] whole = bytes(cache(1 << 20).clip(ClipSource.of(copy), GREY));
        assertThat(kept()).hasSize(1);
        assertThat(Files.getLastModifiedTime(kept().get(0))).isGreaterThanOrEqualTo(written);
        cache.clip(ClipSource.of(film), new FrameSize(16, 16, 3));
        cache.clip(ClipSource.of(film).withBox(new Box(4, 4, 16, 16)), GREY);
        assertThat(kept()).hasSize(3);
        assertThat(whole).hasSize(FRAMES * GREY.values());
    }

    @Test
    void whatAKilledOrDamagingWriterLeftIsMadeAnew() throws IOException {
        Path film = Films.rising(folder.resolve("a.mp4"), FRAMES);
        byte[] right = bytes(cache(1 << 20).clip(ClipSource.of(film), GREY));
        Path file = kept().get(0);
        byte[] whole = Files.readAllBytes(file);
        for (int length : new int[] {0, 1, whole.length / 2, whole.length - 1}) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThat(bytes(cache(1 << 20).clip(ClipSource.of(film), GREY)))
                    .as("cut to %d bytes", length)
                    .isEqualTo(right);
            assertThat(file).hasBinaryContent(whole);
        }
        for (int at : new int[] {0, whole.length / 2, whole.length - 3}) {
            byte[] changed = whole.clone();
            changed[at] ^= 1;
            Files.write(file, changed);
            assertThat(bytes(cache(1 << 20).clip(ClipSource.of(film), GREY)))
                    .as("byte %d changed", at)
                    .isEqualTo(right);
            assertThat(file).hasBinaryContent(whole);
        }
        Path abandoned = folder.resolve("cache").resolve(file.getFileName() + ".1.part");
        Files.write(abandoned, new byte[10]);
        Files.setLastModifiedTime(abandoned, FileTime.from(Instant.now().minusSeconds(7200)));
        Files.delete(file);
        cache(1 << 20).clip(ClipSource.of(film), GREY);
        assertThat(kept()).containsExactly(file);
    }

    @Test
    void theLimitIsKeptAndWhatWasRemovedComesBack() throws IOException {
        FrameCache cache = cache(2 * FRAMES * GREY.values() + 1000);
        DecodedClip first =
                cache.clip(ClipSource.of(Films.write(folder.resolve("1.mp4"), 50, 50, 50, 50, 50, 50, 50, 50)), GREY);
        Path oldest = kept().get(0);
        Files.setLastModifiedTime(oldest, FileTime.from(Instant.now().minusSeconds(60)));
        byte[] before = bytes(first);
        cache.clip(ClipSource.of(Films.write(folder.resolve("2.mp4"), 90, 90, 90, 90, 90, 90, 90, 90)), GREY);
        assertThat(oldest).exists();
        cache.clip(ClipSource.of(Films.rising(folder.resolve("3.mp4"), FRAMES)), GREY);
        assertThat(oldest).doesNotExist();
        assertThat(kept()).hasSize(2);
        assertThat(bytes(first)).isEqualTo(before);
        assertThat(kept()).hasSize(2).contains(oldest);
        Path film = Films.write(folder.resolve("a.mp4"), 9, 8, 7, 6, 5, 4, 3, 2);
        assertThatThrownBy(() -> cache(1000).clip(ClipSource.of(film), GREY))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("a.mp4")
                .hasMessageContaining("1000 bytes");
        assertThat(kept()).hasSize(2);
    }

    /** What reading takes depends on what is read, not on how long the clip is. */
    @Test
    void aWindowOfALongClipTakesTheMemoryOfAWindow() throws IOException {
        FrameSize size = new FrameSize(32, 32, 1);
        DecodedClip clip = cache(1 << 24).clip(ClipSource.of(Films.rising(folder.resolve("long.mp4"), 2000)), size);
        var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        float[] window = new float[10 * size.values()];
        clip.read(0, 10, window, 0);
        long before = threads.getCurrentThreadAllocatedBytes();
        clip.read(1990, 10, window, 0);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(2000L * size.values() / 8);
        assertThat(window[0] * 255).isBetween(222f, 234f);
    }

    @Test
    void aVideoThatChangedIsSaid() throws IOException {
        FrameCache cache = cache(1 << 20);
        Path film = Films.rising(folder.resolve("a.mp4"), FRAMES);
        DecodedClip clip = cache.clip(ClipSource.of(film), GREY);
        Files.delete(kept().get(0));
        Films.rising(film, FRAMES - 1);
        assertThatThrownBy(() -> bytes(clip)).isInstanceOf(DataException.class).hasMessageContaining("has changed");
    }

    @Test
    void filesInAZipAreRead() throws IOException {
        Path film = Films.rising(folder.resolve("a.mp4"), FRAMES);
        Path zip = folder.resolve("films.zip");
        try (var out = new java.util.zip.ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new java.util.zip.ZipEntry("some/a.mp4"));
            out.write(Files.readAllBytes(film));
        }
        FrameCache cache = cache(1 << 20);
        assertThat(bytes(cache.clip(ClipSource.ofZip(zip, "some/a.mp4"), GREY)))
                .isEqualTo(bytes(cache.clip(ClipSource.of(film), GREY)));
        assertThatThrownBy(() -> cache.clip(ClipSource.ofZip(zip, "b.mp4"), GREY))
                .hasMessageContaining("films.zip does not hold b.mp4");
        assertThatThrownBy(() -> cache.clip(ClipSource.of(folder.resolve("none.mp4")), GREY))
                .hasMessageContaining("none.mp4 does not exist");
    }

    @Test
    void aBoxBeyondTheFrameIsRefused() throws IOException {
        Path film = Films.rising(folder.resolve("a.mp4"), 2);
        assertThatThrownBy(() -> cache(1 << 20).clip(ClipSource.of(film).withBox(new Box(20, 0, 16, 16)), GREY))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("32 x 32")
                .hasMessageContaining("16x16+20+0");
    }
}
