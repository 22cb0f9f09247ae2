package io.github.unrolled.datasets.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.motion.MirroredFiles;
import io.github.unrolled.datasets.video.VideoOptions.Pixels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
    private static final int WIDTH = 64;
    private static final int HEIGHT = 48;

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

    private record Read(List<Long> indices, List<Double> seconds, List<Integer> middles, List<String> problems) {}

    private static Read read(VideoSource source, VideoOptions options) {
        try (VideoReader reader = VideoReader.open(source, options)) {
            Read read = new Read(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            for (Optional<VideoFrame> frame = reader.next(); frame.isPresent(); frame = reader.next()) {
                VideoFrame each = frame.get();
                read.indices().add(each.index());
                read.seconds().add(each.seconds());
                byte[] bytes = each.bytes();
                int middle = (each.height() / 2 * each.width() + each.width() / 2) * each.channels();
                read.middles().add(bytes[middle] & 0xff);
            }
            assertThat(reader.next()).isEmpty();
            read.problems().addAll(reader.problems());
            return read;
        }
    }

    private static Read read(Path file) {
        return read(VideoSource.of(file), VideoOptions.standard());
    }

    private static int grey(int frame) {
        return 20 + 7 * frame % 211;
    }

    private Path film(String name, int frames) throws IOException {
        Path file = folder.resolve(name);
        int channels = VideoWriter.Format.of(file).channels();
        try (VideoWriter film = VideoWriter.open(file, WIDTH, HEIGHT, 25, 1)) {
            for (int i = 0; i < frames; i++) {
                byte[] pixels = new byte[channels * WIDTH * HEIGHT];
                Arrays.fill(pixels, (byte) grey(i));
                film.write(pixels);
            }
            film.finish();
        }
        return file;
    }

    @ParameterizedTest
    @ValueSource(strings = {"film.mp4", "film.avi", "film.mkv"})
    void whatIsWrittenIsReadFrameForFrame(String name) throws IOException {
        Read read = read(film(name, 40));
        assertThat(read.problems()).isEmpty();
        assertThat(read.indices()).hasSize(40);
        for (int i = 0; i < 40; i++) {
            assertThat(read.indices().get(i)).isEqualTo(i);
            assertThat(read.seconds().get(i)).isBetween(i / 25.0 - 0.0011, i / 25.0 + 0.0011);
            int tolerance = name.endsWith("mkv") ? 0 : 4;
            assertThat(read.middles().get(i)).as("frame %d", i).isBetween(grey(i) - tolerance, grey(i) + tolerance);
        }
    }

    @Test
    void greyIsStretchedAndLumaIsNot() throws IOException {
        Path file = folder.resolve("film.mp4");
        try (VideoWriter film = VideoWriter.open(file, WIDTH, HEIGHT, 25)) {
            for (int grey : new int[] {0, 255, 128}) {
                byte[] pixels = new byte[3 * WIDTH * HEIGHT];
                Arrays.fill(pixels, (byte) grey);
                film.write(pixels);
            }
            film.finish();
        }
        VideoOptions options = VideoOptions.standard();
        List<Integer> grey =
                read(VideoSource.of(file), options.withPixels(Pixels.GREY)).middles();
        List<Integer> luma =
                read(VideoSource.of(file), options.withPixels(Pixels.LUMA)).middles();
        assertThat(grey.get(0)).isBetween(0, 3);
        assertThat(grey.get(1)).isBetween(252, 255);
        assertThat(luma.get(0)).isBetween(14, 18);
        assertThat(luma.get(1)).isBetween(233, 237);
    }

    @Test
    void strideAndTimeAreCountedFromTheBeginning() throws IOException {
        VideoSource film = VideoSource.of(film("film.mp4", 40));
        VideoOptions options = VideoOptions.standard();
        assertThat(read(film, options.withStride(7)).indices()).containsExactly(0L, 7L, 14L, 21L, 28L, 35L);
        assertThat(read(film, options.withTime(0.4, 0.56)).indices()).containsExactly(10L, 11L, 12L, 13L);
        assertThat(read(film, options.withStride(3).withTime(0.4, 0.8)).indices())
                .containsExactly(12L, 15L, 18L);
        assertThat(read(film, options.withTime(5, 6)).indices()).isEmpty();
        assertThat(read(film, options.withAhead(1)).indices()).hasSize(40);
    }

    @Test
    void framesCanBeWrittenAgain() throws IOException {
        Path film = film("film.mp4", 20);
        Path copy = folder.resolve("copy.avi");
        try (VideoReader reader = VideoReader.open(film);
                VideoWriter writer = VideoWriter.open(copy, WIDTH, HEIGHT, reader.frameRateHz())) {
            for (Optional<VideoFrame> frame = reader.next(); frame.isPresent(); frame = reader.next()) {
                writer.write(frame.get().mat());
            }
            writer.finish();
        }
        List<Integer> middles = read(copy).middles();
        assertThat(middles).hasSize(20);
        for (int i = 0; i < 20; i++) {
            assertThat(middles.get(i)).isBetween(grey(i) - 7, grey(i) + 7);
        }
        try (VideoReader reader = VideoReader.open(film);
                VideoWriter writer = VideoWriter.open(copy, WIDTH, 2 * HEIGHT, 25)) {
            VideoFrame frame = reader.next().orElseThrow();
            assertThatThrownBy(() -> writer.write(frame.mat()))
                    .hasMessageContaining("64 x 48")
                    .hasMessageContaining("64 x 96");
        }
    }

    @Test
    void aReaderMayBeClosedAtAnyTime() throws IOException {
        Path film = film("film.mp4", 60);
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
        try (VideoReader reader = VideoReader.open(film("film.mp4", 3))) {
            assertThat(reader.width()).isEqualTo(WIDTH);
            assertThat(reader.height()).isEqualTo(HEIGHT);
            assertThat(reader.frameRateHz()).isEqualTo(25);
            assertThat(reader.declaredFrames()).hasValue(3);
            VideoFrame frame = reader.next().orElseThrow();
            byte[] small = new byte[2 + 12 * 16 * 3];
            frame.copyTo(new FrameSize(12, 16, 3), small, 2);
            assertThat(small[0]).isZero();
            assertThat(small[2] & 0xff).isBetween(grey(0) - 4, grey(0) + 4);
            assertThat(small[small.length - 1] & 0xff).isBetween(grey(0) - 4, grey(0) + 4);
            byte[] part = new byte[10 * 10];
            frame.copyTo(new Box(50, 30, 10, 10), new FrameSize(10, 10, 1), part, 0);
            assertThat(part[99] & 0xff).isBetween(grey(0) - 4, grey(0) + 4);
            assertThatThrownBy(() -> frame.copyTo(new Box(60, 30, 10, 10), new FrameSize(10, 10, 1), part, 0))
                    .hasMessageContaining("64 x 48");
        }
    }

    @Test
    void readsAllKindsOfFiles() {
        Path videos = MirroredFiles.of("videos");
        FRAMES.forEach((name, frames) -> {
            Read read = read(videos.resolve(name));
            assertThat(read.indices()).as(name).hasSize(frames);
            if (name.equals("corrupted.mp4")) {
                assertThat(read.problems()).anyMatch(each -> each.contains("damaged"));
            } else {
                assertThat(read.problems()).as(name).isEmpty();
            }
        });
        assertThatThrownBy(() -> read(videos.resolve("derived_truncated.mp4")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("begins as mp4 or mov does, but is damaged or cut off");
        try (VideoReader reader = VideoReader.open(videos.resolve("realshort.mp4"))) {
            assertThat(reader.frameRateHz()).isEqualTo(45000 / 1499.0);
        }
    }

    @Test
    void aCutWebmGivesItsBeginning() throws IOException {
        byte[] whole = Files.readAllBytes(MirroredFiles.of("videos").resolve("rabbit320.webm"));
        Read read = read(Files.write(folder.resolve("cut.webm"), Arrays.copyOf(whole, 120_000)));
        assertThat(read.indices()).hasSize(81);
        assertThat(read.problems()).hasSize(1).allMatch(each -> each.contains("ends after 2.7"));
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
            Read read = read(raw.resolve(clip + ".mpg"));
            assertThat(read.indices()).as(clip).hasSize(clip.equals("lrae3s") ? 74 : 75);
            assertThat(read.problems()).as(clip).hasSize(clip.equals("sgib8n") ? 1 : 0);
        }
    }

    private void assertFails(Path file, String... parts) {
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(DataException.class)
                .hasMessageNotContaining("\n")
                .hasMessageContaining(String.valueOf(file.getFileName()))
                .hasMessageContainingAll(parts);
    }

    @Test
    void whatIsNoVideoIsSaid() throws IOException {
        assertFails(folder.resolve("none.mp4"), "does not exist");
        assertFails(Files.createDirectories(folder.resolve("dir.mp4")), "is a folder");
        assertFails(Files.write(folder.resolve("empty.mp4"), new byte[0]), "it is empty");
        assertFails(Files.writeString(folder.resolve("text.mp4"), "hello\n".repeat(1000)), "no kind of video");
        assertFails(
                Files.writeString(folder.resolve("list.mp4"), "#EXTM3U\n#EXTINF:1,\nfilm.mp4\n#EXT-X-ENDLIST\n"),
                "no kind of video");
        assertFails(Files.write(folder.resolve("sound.mp4"), wav()), "has sound and no video");
    }

    private static byte[] wav() {
        int samples = 8000;
        java.nio.ByteBuffer bytes =
                java.nio.ByteBuffer.allocate(44 + 2 * samples).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        bytes.put("RIFF".getBytes(java.nio.charset.StandardCharsets.US_ASCII)).putInt(36 + 2 * samples);
        bytes.put("WAVEfmt ".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                .putInt(16);
        bytes.putShort((short) 1)
                .putShort((short) 1)
                .putInt(8000)
                .putInt(16000)
                .putShort((short) 2)
                .putShort((short) 16);
        bytes.put("data".getBytes(java.nio.charset.StandardCharsets.US_ASCII)).putInt(2 * samples);
        return bytes.array();
    }

    @Test
    void whatWasCutOffGivesWhatIsThere() throws IOException {
        byte[] whole = Files.readAllBytes(film("film.mp4", 60));
        Path cut = Files.write(folder.resolve("cut.mp4"), Arrays.copyOf(whole, whole.length * 2 / 3));
        Read read = read(cut);
        assertThat(read.indices()).hasSizeBetween(5, 59);
        assertThat(read.problems())
                .anySatisfy(each -> assertThat(each).contains("cut.mp4").contains("of the 60 that it declares"));
        for (int i = 0; i < read.indices().size() - 1; i++) {
            assertThat(read.middles().get(i)).isBetween(grey(i) - 4, grey(i) + 4);
        }
        // The index alone, no pictures.
        int index = new String(whole, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("mdat") + 4;
        assertFails(
                Files.write(folder.resolve("bare.mp4"), Arrays.copyOf(whole, index)), "no frame that can be decoded");
        // Not even the index.
        assertFails(Files.write(folder.resolve("head.mp4"), Arrays.copyOf(whole, 100)), "damaged or cut off");
    }

    @Test
    void whatIsDamagedInTheMiddleIsReported() throws IOException {
        Path film = folder.resolve("noise.mp4");
        java.util.Random random = new java.util.Random(5);
        try (VideoWriter writer = VideoWriter.open(film, WIDTH, HEIGHT, 25, 1)) {
            byte[] pixels = new byte[3 * WIDTH * HEIGHT];
            for (int i = 0; i < 75; i++) {
                random.nextBytes(pixels);
                writer.write(pixels);
            }
            writer.finish();
        }
        byte[] bytes = Files.readAllBytes(film);
        for (int i = bytes.length / 2; i < bytes.length / 2 + 4000; i++) {
            bytes[i] = (byte) random.nextInt();
        }
        Read read = read(Files.write(folder.resolve("middle.mp4"), bytes));
        assertThat(read.indices()).hasSizeBetween(30, 75);
        assertThat(read.problems()).anySatisfy(each -> assertThat(each).contains("middle.mp4 is damaged"));
        assertThat(read.seconds().get(read.seconds().size() - 1)).isGreaterThan(2.5);
    }

    /** Whatever a file holds, it is read, or refused with a sentence. */
    @ParameterizedTest
    @ValueSource(strings = {"film.mp4", "film.avi", "film.mkv"})
    void damagedAnywhereAFileIsReadOrRefused(String name) throws IOException {
        byte[] whole = Files.readAllBytes(film(name, 12));
        java.util.Random random = new java.util.Random(17);
        int refused = 0;
        for (int i = 0; i < 40; i++) {
            byte[] bytes = random.nextInt(4) == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
            // More often at the beginning, where the structure is.
            int reach = random.nextBoolean() ? Math.min(600, bytes.length) : bytes.length;
            for (int change = random.nextInt(20); change >= 0 && reach > 0; change--) {
                bytes[random.nextInt(reach)] = (byte) random.nextInt();
            }
            try {
                Read read = read(Files.write(folder.resolve("x" + name), bytes));
                assertThat(read.indices()).as("attempt %d", i).hasSizeBetween(1, 200);
            } catch (DataException e) {
                assertThat(e.getMessage()).as("attempt %d", i).contains(name).doesNotContain("\n");
                refused++;
            }
        }
        assertThat(refused).isBetween(1, 39);
    }

    @Test
    void anAddressIsRead() throws IOException {
        byte[] bytes = Files.readAllBytes(film("film.mp4", 30));
        var server = com.sun.net.httpserver.HttpServer.create(
                new java.net.InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/film.mp4", exchange -> {
            exchange.sendResponseHeaders(200, bytes.length);
            try (var out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        });
        server.start();
        try {
            String address = "http://127.0.0.1:" + server.getAddress().getPort();
            assertThat(read(VideoSource.of(address + "/film.mp4"), VideoOptions.standard())
                            .indices())
                    .hasSize(30);
            assertThatThrownBy(() -> read(VideoSource.of(address + "/none.mp4"), VideoOptions.standard()))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("/none.mp4")
                    .hasMessageContaining("is the address right");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aChangeOfTheSizeIsSaid() throws IOException {
        byte[] small = jpeg(32, 32);
        byte[] large = jpeg(64, 32);
        java.io.ByteArrayOutputStream both = new java.io.ByteArrayOutputStream();
        for (int i = 0; i < 8; i++) {
            both.writeBytes(i < 5 ? small : large);
        }
        Path file = Files.write(folder.resolve("sizes.mjpeg"), both.toByteArray());
        assertFails(file, "changes the size of its frames to 64 x 32 at frame 5");
    }

    private byte[] jpeg(int width, int height) throws IOException {
        Path file = folder.resolve("x.jpg");
        try (var picture = io.github.unrolled.datasets.image.Picture.allocate(height, width, 3, 8)) {
            io.github.unrolled.datasets.image.ImageFile.write(file, picture);
        }
        return Files.readAllBytes(file);
    }

    @Test
    void numberedPicturesAreFrames() throws IOException {
        Path pictures = Files.createDirectories(folder.resolve("pictures"));
        for (int i : new int[] {8, 9, 10, 11}) {
            try (var picture = io.github.unrolled.datasets.image.Picture.of(
                    io.github.unrolled.datasets.image.Planes.zeros(1, HEIGHT, WIDTH))) {
                io.github.unrolled.datasets.image.ImageFile.write(pictures.resolve("f" + i + ".png"), picture);
            }
        }
        Read all = read(
                VideoSource.of(pictures.toString()), VideoOptions.standard().withFrameRateHz(10));
        assertThat(all.seconds()).containsExactly(0.0, 0.1, 0.2, 0.3);
        assertThat(((VideoSource.Pictures) VideoSource.of(pictures.toString())).files())
                .extracting(file -> String.valueOf(file.getFileName()))
                .containsExactly("f8.png", "f9.png", "f10.png", "f11.png");
        assertThat(read(VideoSource.of(pictures + "/f%d.png"), VideoOptions.standard())
                        .indices())
                .hasSize(4);
        assertThat(read(VideoSource.of(pictures + "/f%02d.png"), VideoOptions.standard())
                        .indices())
                .hasSize(2);
        Files.writeString(pictures.resolve("f9.png"), "broken");
        Read damaged = read(VideoSource.of(pictures.toString()), VideoOptions.standard());
        assertThat(damaged.indices()).hasSize(3);
        assertThat(damaged.problems()).hasSize(1).allMatch(each -> each.contains("f9.png"));
        assertThatThrownBy(() -> VideoSource.of(pictures + "/g%d.png")).hasMessageContaining("no file is called");
    }

    @Test
    void sourcesAreWhatTheCommandLineSays() throws IOException {
        assertThat(VideoSource.of("0")).isEqualTo(new VideoSource.Camera(0));
        assertThat(VideoSource.of("https://example.invalid/a.mp4")).isInstanceOf(VideoSource.Address.class);
        assertThat(VideoSource.of("a.mp4")).isEqualTo(new VideoSource.File(Path.of("a.mp4")));
        film("b.mp4", 2);
        film("a.mp4", 2);
        Files.writeString(folder.resolve("notes.txt"), "no video");
        assertThat(VideoSource.all(folder.toString()))
                .extracting(VideoSource::name)
                .containsExactly(
                        folder.resolve("a.mp4").toString(),
                        folder.resolve("b.mp4").toString());
        assertThat(VideoSource.all(folder + "/b*.mp4"))
                .extracting(VideoSource::name)
                .hasSize(1);
        assertThat(VideoSource.all(folder + "/a.mp4")).hasSize(1);
        Path odd = film("100%done.mp4", 2);
        assertThat(VideoSource.of(odd.toString())).isEqualTo(new VideoSource.File(odd));
        assertThatThrownBy(() -> VideoSource.all(folder + "/z*.mp4")).hasMessageContaining("no file is called");
    }

    @Test
    void aCameraThatIsNotThereIsSaid() {
        assertThatThrownBy(() -> VideoReader.open(new VideoSource.Camera(97), VideoOptions.standard()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("camera 97 cannot be opened");
    }

    @Test
    void openCvReadsMotionJpegWhereThereIsNoFfmpeg() throws IOException {
        Path film = film("film.avi", 10);
        int frames = 0;
        try (CaptureDecoder decoder = CaptureDecoder.ofFile(film, VideoOptions.standard())) {
            while (decoder.advance()) {
                frames++;
            }
        }
        assertThat(frames).isEqualTo(10);
        Path other = film("film.mp4", 2);
        assertThatThrownBy(() -> CaptureDecoder.ofFile(other, VideoOptions.standard()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("org.bytedeco:ffmpeg");
    }

    /** Opens and reads many times: nothing may be left in native memory. */
    @Test
    @Tag("slow")
    @Timeout(1200)
    void aLongStreamTakesTheMemoryOfAShortOne() throws IOException {
        Path film = film("long.mp4", 100_000);
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
