package io.github.unrolled.datasets.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Made films, and what a reader gives of a film. */
final class Films {
    static final int WIDTH = 64;
    static final int HEIGHT = 48;

    private Films() {}

    /** All frames of a film: their numbers, times and middle pixels, and what was wrong. */
    record Read(List<Long> indices, List<Double> seconds, List<Integer> middles, List<String> problems) {}

    static Read read(VideoSource source, VideoOptions options) {
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

    static Read read(Path file) {
        return read(VideoSource.of(file), VideoOptions.standard());
    }

    /** The grey of a frame. */
    static int grey(int frame) {
        return 20 + 7 * frame % 211;
    }

    /** A film of even frames, the i-th of {@link #grey}(i). */
    static Path film(Path file, int frames) throws IOException {
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
}
