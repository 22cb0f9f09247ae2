package io.github.unrolled.datasets.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.image.ImageFile;
import io.github.unrolled.datasets.image.Picture;
import io.github.unrolled.datasets.image.Planes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources other than a film in a file: addresses, numbered pictures, cameras. */
class VideoSourceTest {
    @TempDir
    Path folder;

    @Test
    void anAddressIsRead() throws IOException {
        byte[] bytes = Files.readAllBytes(Films.film(folder.resolve("film.mp4"), 30));
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/film.mp4", exchange -> {
            exchange.sendResponseHeaders(200, bytes.length);
            try (var out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        });
        server.start();
        try {
            String address = "http://127.0.0.1:" + server.getAddress().getPort();
            assertThat(Films.read(VideoSource.of(address + "/film.mp4"), VideoOptions.standard())
                            .indices())
                    .hasSize(30);
            assertThatThrownBy(() -> Films.read(VideoSource.of(address + "/none.mp4"), VideoOptions.standard()))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("/none.mp4")
                    .hasMessageContaining("is the address right");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void numberedPicturesAreFrames() throws IOException {
        Path pictures = Files.createDirectories(folder.resolve("pictures"));
        for (int i : new int[] {8, 9, 10, 11}) {
            try (var picture = Picture.of(Planes.zeros(1, Films.HEIGHT, Films.WIDTH))) {
                ImageFile.write(pictures.resolve("f" + i + ".png"), picture);
            }
        }
        Films.Read all = Films.read(
                VideoSource.of(pictures.toString()), VideoOptions.standard().withFrameRateHz(10));
        assertThat(all.seconds()).containsExactly(0.0, 0.1, 0.2, 0.3);
        assertThat(((VideoSource.Pictures) VideoSource.of(pictures.toString())).files())
                .extracting(file -> String.valueOf(file.getFileName()))
                .containsExactly("f8.png", "f9.png", "f10.png", "f11.png");
        assertThat(Films.read(VideoSource.of(pictures + "/f%d.png"), VideoOptions.standard())
                        .indices())
                .hasSize(4);
        assertThat(Films.read(VideoSource.of(pictures + "/f%02d.png"), VideoOptions.standard())
                        .indices())
                .hasSize(2);
        Files.writeString(pictures.resolve("f9.png"), "broken");
        Films.Read damaged = Films.read(VideoSource.of(pictures.toString()), VideoOptions.standard());
        assertThat(damaged.indices()).hasSize(3);
        assertThat(damaged.problems()).hasSize(1).allMatch(each -> each.contains("f9.png"));
        assertThatThrownBy(() -> VideoSource.of(pictures + "/g%d.png")).hasMessageContaining("no file is called");
    }

    @Test
    void sourcesAreWhatTheCommandLineSays() throws IOException {
        assertThat(VideoSource.of("0")).isEqualTo(new VideoSource.Camera(0));
        assertThat(VideoSource.of("https://example.invalid/a.mp4")).isInstanceOf(VideoSource.Address.class);
        assertThat(VideoSource.of("a.mp4")).isEqualTo(new VideoSource.File(Path.of("a.mp4")));
        Films.film(folder.resolve("b.mp4"), 2);
        Films.film(folder.resolve("a.mp4"), 2);
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
        Path odd = Films.film(folder.resolve("100%done.mp4"), 2);
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
        Path film = Films.film(folder.resolve("film.avi"), 10);
        int frames = 0;
        try (CaptureDecoder decoder = CaptureDecoder.ofFile(film, VideoOptions.standard())) {
            while (decoder.advance()) {
                frames++;
            }
        }
        assertThat(frames).isEqualTo(10);
        Path other = Films.film(folder.resolve("film.mp4"), 2);
        assertThatThrownBy(() -> CaptureDecoder.ofFile(other, VideoOptions.standard()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("org.bytedeco:ffmpeg");
    }
}
