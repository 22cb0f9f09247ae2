package io.github.unrolled.datasets.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.motion.MirroredFiles;
import io.github.unrolled.datasets.video.VideoOptions.Pixels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VideoReaderTest {
    /** As FFmpeg 5.1.9 decodes them. */
    private static final Map<String, Integer> FRAMES = Map.ofEntries(
            Map.entry("part_0.mp4", 32),
            Map.entry("demo.mp4", 280),
            Map.entry("xvid_mp3.avi", 164),
            Map.entry("flipping_a_pancake.mkv", 310),
            Map.entry("video_0.mov", 3),
            Map.entry("video_90.mov", 3),
            Map.entry("video_180.mov", 3),
            Map.entry("corrupted.mp4", 49),
            Map.entry("rabbit320.webm", 234),
            Map.entry("newtonscradle.gif", 36),
            Map.entry("realshort.mp4", 36),
            Map.entry("derived_mjpeg.avi", 32));

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"film.mp4", "film.avi", "film.mkv"})
    void whatIsWrittenIsReadFrameForFrame(String name) throws IOException {
        Films.Read read = Films.read(Films.film(folder.resolve(name), 40));
        assertThat(read.problems()).isEmpty();
        assertThat(read.indices()).hasSize(40);
        for (int i = 0; i < 40; i++) {
            assertThat(read.indices().get(i)).isEqualTo(i);
            assertThat(read.seconds().get(i)).isBetween(i / 25.0 - 0.0011, i / 25.0 + 0.0011);
            int tolerance = name.endsWith("mkv") ? 0 : 4;
            assertThat(read.middles().get(i))
                    .as("frame %d", i)
                    .isBetween(Films.grey(i) - tolerance, Films.grey(i) + tolerance);
        }
    }

    @Test
    void greyIsStretchedAndLumaIsNot() throws IOException {
        Path file = folder.resolve("film.mp4");
        try (VideoWriter film = VideoWriter.open(file, Films.WIDTH, Films.HEIGHT, 25)) {
            for (int grey : new int[] {0, 255, 128}) {
                byte[] pixels = new byte[3 * Films.WIDTH * Films.HEIGHT];
                Arrays.fill(pixels, (byte) grey);
                film.write(pixels);
            }
            film.finish();
        }
        VideoOptions options = VideoOptions.standard();
        List<Integer> grey = Films.read(VideoSource.of(file), options.withPixels(Pixels.GREY))
                .middles();
        List<Integer> luma = Films.read(VideoSource.of(file), options.withPixels(Pixels.LUMA))
                .middles();
        assertThat(grey.get(0)).isBetween(0, 3);
        assertThat(grey.get(1)).isBetween(252, 255);
        assertThat(luma.get(0)).isBetween(14, 18);
        assertThat(luma.get(1)).isBetween(233, 237);
    }

    @Test
    void strideAndTimeAreCountedFromTheBeginning() throws IOException {
        VideoSource film = VideoSource.of(Films.film(folder.resolve("film.mp4"), 40));
        VideoOptions options = VideoOptions.standard();
        assertThat(Films.read(film, options.withStride(7)).indices()).containsExactly(0L, 7L, 14L, 21L, 28L, 35L);
        assertThat(Films.read(film, options.withTime(0.4, 0.56)).indices()).containsExactly(10L, 11L, 12L, 13L);
        assertThat(Films.read(film, options.withStride(3).withTime(0.4, 0.8)).indices())
                .containsExactly(12L, 15L, 18L);
        assertThat(Films.read(film, options.withTime(5, 6)).indices()).isEmpty();
        assertThat(Films.read(film, options.withAhead(1)).indices()).hasSize(40);
    }

    @Test
    void framesCanBeWrittenAgain() throws IOException {
        Path film = Films.film(folder.resolve("film.mp4"), 20);
        Path copy = folder.resolve("copy.avi");
        try (VideoReader reader = VideoReader.open(film);
                VideoWriter writer = VideoWriter.open(copy, Films.WIDTH, Films.HEIGHT, reader.frameRateHz())) {
            for (Optional<VideoFrame> frame = reader.next(); frame.isPresent(); frame = reader.next()) {
                writer.write(frame.get().mat());
            }
            writer.finish();
        }
        List<Integer> middles = Films.read(copy).middles();
        assertThat(middles).hasSize(20);
        for (int i = 0; i < 20; i++) {
            assertThat(middles.get(i)).isBetween(Films.grey(i) - 7, Films.grey(i) + 7);
        }
        try (VideoReader reader = VideoReader.open(film);
                VideoWriter writer = VideoWriter.open(copy, Films.WIDTH, 2 * Films.HEIGHT, 25)) {
            VideoFrame frame = reader.next().orElseThrow();
            assertThatThrownBy(() -> writer.write(frame.mat()))
                    .hasMessageContaining("64 x 48")
                    .hasMessageContaining("64 x 96");
        }
    }

    @Test
    void aReaderMayBeClosedAtAnyTime() throws IOException {
        Path film = Films.film(folder.resolve("film.mp4"), 60);
        for (int frames = 0; frames < 12; frames++) {
            VideoReader reader = VideoReader.open(film);
            for (int i = 0; i < frames; i++) {
                assertThat(reader.next()).isPresent();
            }
            reader.close();
            assertThatThrownBy(reader::next).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void framesAreCopiedInOtherSizes() throws IOException {
        try (VideoReader reader = VideoReader.open(Films.film(folder.resolve("film.mp4"), 3))) {
            assertThat(reader.width()).isEqualTo(Films.WIDTH);
            assertThat(reader.height()).isEqualTo(Films.HEIGHT);
            assertThat(reader.frameRateHz()).isEqualTo(25);
            assertThat(reader.declaredFrames()).hasValue(3);
            VideoFrame frame = reader.next().orElseThrow();
            byte[] small = new byte[2 + 12 * 16 * 3];
            frame.copyTo(new FrameSize(12, 16, 3), small, 2);
            assertThat(small[0]).isZero();
            assertThat(small[2] & 0xff).isBetween(Films.grey(0) - 4, Films.grey(0) + 4);
            assertThat(small[small.length - 1] & 0xff).isBetween(Films.grey(0) - 4, Films.grey(0) + 4);
            byte[] part = new byte[10 * 10];
            frame.copyTo(new Box(50, 30, 10, 10), new FrameSize(10, 10, 1), part, 0);
            assertThat(part[99] & 0xff).isBetween(Films.grey(0) - 4, Films.grey(0) + 4);
            assertThatThrownBy(() -> frame.copyTo(new Box(60, 30, 10, 10), new FrameSize(10, 10, 1), part, 0))
                    .hasMessageContaining("64 x 48");
        }
    }

    @Test
    void readsAllKindsOfFiles() {
        Path videos = MirroredFiles.of("videos");
        FRAMES.forEach((name, frames) -> {
            Films.Read read = Films.read(videos.resolve(name));
            assertThat(read.indices()).as(name).hasSize(frames);
            if (name.equals("corrupted.mp4")) {
                assertThat(read.problems()).anyMatch(each -> each.contains("damaged"));
            } else {
                assertThat(read.problems()).as(name).isEmpty();
            }
        });
        assertThatThrownBy(() -> Films.read(videos.resolve("derived_truncated.mp4")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("begins as mp4 or mov does, but is damaged or cut off");
        try (VideoReader reader = VideoReader.open(videos.resolve("realshort.mp4"))) {
            assertThat(reader.frameRateHz()).isEqualTo(45000 / 1499.0);
        }
    }

    @Test
    void framesAreTurnedAsTheFileSays() {
        Path videos = MirroredFiles.of("videos");
        try (VideoReader upright = VideoReader.open(videos.resolve("video_0.mov"));
                VideoReader quarter = VideoReader.open(videos.resolve("video_90.mov"));
                VideoReader half = VideoReader.open(videos.resolve("video_180.mov"))) {
            assertThat(List.of(upright.width(), upright.height())).containsExactly(568, 320);
            assertThat(List.of(quarter.width(), quarter.height())).containsExactly(320, 568);
            // The same scene was coded lying and upside down: turned, the pictures show the same.
            FrameSize size = new FrameSize(16, 16, 1);
            byte[] first = new byte[size.values()];
            byte[] second = new byte[size.values()];
            upright.next().orElseThrow().copyTo(size, first, 0);
            half.next().orElseThrow().copyTo(size, second, 0);
            assertThat(distance(first, second)).isLessThan(distance(first, reversed(second)));
        }
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] other = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            other[i] = bytes[bytes.length - 1 - i];
        }
        return other;
    }

    private static long distance(byte[] one, byte[] other) {
        long sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += Math.abs((one[i] & 0xff) - (other[i] & 0xff));
        }
        return sum;
    }

    @Test
    void readsTheOriginalsOfGrid() {
        Path raw = MirroredFiles.of("grid-s1-raw");
        for (String clip : List.of(
                "bbaf2n", "bbal6n", "bbbs5s", "bgbh4n", "brwg8p", "lbaq6p", "lrae3s", "pbav2n", "pbio7a", "prii9a",
                "sbah1a", "sgib8n")) {
            Films.Read read = Films.read(raw.resolve(clip + ".mpg"));
            assertThat(read.indices()).as(clip).hasSize(clip.equals("lrae3s") ? 74 : 75);
            assertThat(read.problems()).as(clip).hasSize(clip.equals("sgib8n") ? 1 : 0);
        }
    }

    /** Opens and reads many times: nothing may be left in native memory. */
    @Test
    @Tag("slow")
    @Timeout(1200)
    void aLongStreamTakesTheMemoryOfAShortOne() throws IOException {
        Path film = Films.film(folder.resolve("long.mp4"), 100_000);
        long bytes = 0;
        long physical = 0;
        try (VideoReader reader = VideoReader.open(film)) {
            long frames = 0;
            for (Optional<VideoFrame> frame = reader.next(); frame.isPresent(); frame = reader.next()) {
                frames++;
                if (frames == 5_000) {
                    System.gc();
                    bytes = Pointer.totalBytes();
                    physical = Pointer.physicalBytes();
                }
            }
            assertThat(frames).isEqualTo(100_000);
            System.gc();
            assertThat(Pointer.totalBytes()).isLessThanOrEqualTo(bytes + (1 << 20));
            assertThat(Pointer.physicalBytes()).isLessThan(physical + (64L << 20));
        }
    }
}
