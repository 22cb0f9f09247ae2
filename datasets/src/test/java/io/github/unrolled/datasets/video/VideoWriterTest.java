package io.github.unrolled.datasets.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoWriterTest {
    private static final int WIDTH = 64;
    private static final int HEIGHT = 48;

    private static byte[] grey(int value) {
        byte[] frame = new byte[3 * WIDTH * HEIGHT];
        Arrays.fill(frame, (byte) value);
        return frame;
    }

    @Test
    void framesComeBackInTheirOrder(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("film.mp4");
        int[] greys = {20, 220, 60, 180, 100, 140};
        try (VideoWriter film = VideoWriter.open(file, WIDTH, HEIGHT, 25)) {
            for (int grey : greys) {
                film.write(grey(grey));
            }
            assertThat(file).doesNotExist();
            film.finish();
        }
        try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(file.toFile())) {
            grabber.setPixelFormat(avutil.AV_PIX_FMT_BGR24);
            grabber.start();
            assertThat(grabber.getVideoCodecName()).isEqualTo("h264");
            assertThat(grabber.getVideoFrameRate()).isEqualTo(25);
            for (int grey : greys) {
                Frame frame = grabber.grabImage();
                java.nio.ByteBuffer pixels = (java.nio.ByteBuffer) frame.image[0];
                int middle = HEIGHT / 2 * frame.imageStride + 3 * (WIDTH / 2);
                assertThat(pixels.get(middle) & 0xff).isBetween(grey - 8, grey + 8);
            }
            assertThat(grabber.grabImage()).isNull();
        }
        assertOnly(folder, file);
    }

    private static void assertOnly(Path folder, Path... files) throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            assertThat(found).containsExactly(files);
        }
    }

    @Test
    void aFilmThatIsNotFinishedLeavesNothing(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("film.mp4");
        Files.writeString(file, "earlier");
        try (VideoWriter film = VideoWriter.open(file, WIDTH, HEIGHT, 25)) {
            film.write(grey(1));
        }
        assertThat(file).hasContent("earlier");
        assertOnly(folder, file);
    }

    @Test
    void aFolderThatIsNotThereIsNamed(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("none").resolve("film.mp4");
        try (VideoWriter film = VideoWriter.open(file, WIDTH, HEIGHT, 25)) {
            film.write(grey(1));
            assertThatThrownBy(film::finish)
                    .isInstanceOf(NoSuchFileException.class)
                    .hasMessageContaining("none");
        }
    }

    @Test
    void refusesWhatCannotBeEncoded(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("film.mp4");
        assertThatThrownBy(() -> VideoWriter.open(file, 63, 48, 25))
                .hasMessageContaining("63 x 48")
                .hasMessageContaining("even");
        assertThatThrownBy(() -> VideoWriter.open(file, 64, 48, 0)).hasMessageContaining("0.0 frames per second");
        try (VideoWriter film = VideoWriter.open(file, WIDTH, HEIGHT, 25)) {
            assertThatThrownBy(() -> film.write(new byte[5]))
                    .hasMessageContaining("a frame of 5 bytes")
                    .hasMessageContaining("9216");
            film.write(grey(3));
            film.finish();
            assertThatThrownBy(() -> film.write(grey(3))).isInstanceOf(IllegalStateException.class);
        }
    }
}
