package io.github.unrolled.datasets.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.image.ImageFile;
import io.github.unrolled.datasets.image.Picture;
import io.github.unrolled.datasets.motion.MirroredFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are damaged, cut off, or no videos at all. */
class DamagedVideoTest {
    @TempDir
    Path folder;

    private void assertFails(Path file, String... parts) {
        assertThatThrownBy(() -> Films.read(file))
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
        ByteBuffer bytes = ByteBuffer.allocate(44 + 2 * samples).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * samples);
        bytes.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        bytes.putShort((short) 1)
                .putShort((short) 1)
                .putInt(8000)
                .putInt(16000)
                .putShort((short) 2)
                .putShort((short) 16);
        bytes.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * samples);
        return bytes.array();
    }

    @Test
    void whatWasCutOffGivesWhatIsThere() throws IOException {
        byte[] whole = Files.readAllBytes(Films.film(folder.resolve("film.mp4"), 60));
        Path cut = Files.write(folder.resolve("cut.mp4"), Arrays.copyOf(whole, whole.length * 2 / 3));
        Films.Read read = Films.read(cut);
        assertThat(read.indices()).hasSizeBetween(5, 59);
        assertThat(read.problems())
                .anySatisfy(each -> assertThat(each).contains("cut.mp4").contains("of the 60 that it declares"));
        for (int i = 0; i < read.indices().size() - 1; i++) {
            assertThat(read.middles().get(i)).isBetween(Films.grey(i) - 4, Films.grey(i) + 4);
        }
        // The index alone, no pictures.
        int index = new String(whole, StandardCharsets.ISO_8859_1).indexOf("mdat") + 4;
        assertFails(
                Files.write(folder.resolve("bare.mp4"), Arrays.copyOf(whole, index)), "no frame that can be decoded");
        // Not even the index.
        assertFails(Files.write(folder.resolve("head.mp4"), Arrays.copyOf(whole, 100)), "damaged or cut off");
    }

    @Test
    void whatIsDamagedInTheMiddleIsReported() throws IOException {
        Path film = folder.resolve("noise.mp4");
        Random random = new Random(5);
        try (VideoWriter writer = VideoWriter.open(film, Films.WIDTH, Films.HEIGHT, 25, 1)) {
            byte[] pixels = new byte[3 * Films.WIDTH * Films.HEIGHT];
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
        Films.Read read = Films.read(Files.write(folder.resolve("middle.mp4"), bytes));
        assertThat(read.indices()).hasSizeBetween(30, 75);
        assertThat(read.problems()).anySatisfy(each -> assertThat(each).contains("middle.mp4 is damaged"));
        assertThat(read.seconds().get(read.seconds().size() - 1)).isGreaterThan(2.5);
    }

    /** Whatever a file holds, it is read, or refused with a sentence. */
    @ParameterizedTest
    @ValueSource(strings = {"film.mp4", "film.avi", "film.mkv"})
    void damagedAnywhereAFileIsReadOrRefused(String name) throws IOException {
        byte[] whole = Files.readAllBytes(Films.film(folder.resolve(name), 12));
        Random random = new Random(17);
        int refused = 0;
        for (int i = 0; i < 40; i++) {
            byte[] bytes = random.nextInt(4) == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
            // More often at the beginning, where the structure is.
            int reach = random.nextBoolean() ? Math.min(600, bytes.length) : bytes.length;
            for (int change = random.nextInt(20); change >= 0 && reach > 0; change--) {
                bytes[random.nextInt(reach)] = (byte) random.nextInt();
            }
            try {
                Films.Read read = Films.read(Files.write(folder.resolve("x" + name), bytes));
                assertThat(read.indices()).as("attempt %d", i).hasSizeBetween(1, 200);
            } catch (DataException e) {
                assertThat(e.getMessage()).as("attempt %d", i).contains(name).doesNotContain("\n");
                refused++;
            }
        }
        assertThat(refused).isBetween(1, 39);
    }

    @Test
    void aCutWebmGivesItsBeginning() throws IOException {
        byte[] whole = Files.readAllBytes(MirroredFiles.of("videos").resolve("rabbit320.webm"));
        Films.Read read = Films.read(Files.write(folder.resolve("cut.webm"), Arrays.copyOf(whole, 120_000)));
        assertThat(read.indices()).hasSize(81);
        assertThat(read.problems()).hasSize(1).allMatch(each -> each.contains("ends after 2.7"));
    }

    @Test
    void aChangeOfTheSizeIsSaid() throws IOException {
        byte[] small = jpeg(32, 32);
        byte[] large = jpeg(64, 32);
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        for (int i = 0; i < 8; i++) {
            both.writeBytes(i < 5 ? small : large);
        }
        Path file = Files.write(folder.resolve("sizes.mjpeg"), both.toByteArray());
        assertFails(file, "changes the size of its frames to 64 x 32 at frame 5");
    }

    private byte[] jpeg(int width, int height) throws IOException {
        Path file = folder.resolve("x.jpg");
        try (var picture = Picture.allocate(height, width, 3, 8)) {
            ImageFile.write(file, picture);
        }
        return Files.readAllBytes(file);
    }
}
