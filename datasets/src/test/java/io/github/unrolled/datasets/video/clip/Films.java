package io.github.unrolled.datasets.video.clip;

import io.github.unrolled.datasets.video.VideoWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Small films for tests. */
final class Films {
    static final int SIDE = 32;

    private Films() {}

    /** A film of even frames with these grey values, at 25 a second. */
    static Path write(Path file, int... greys) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (VideoWriter film = VideoWriter.open(file, SIDE, SIDE, 25)) {
            for (int grey : greys) {
                byte[] frame = new byte[3 * SIDE * SIDE];
                Arrays.fill(frame, (byte) grey);
                film.write(frame);
            }
            film.finish();
        }
        return file;
    }

    /** A film that brightens from frame to frame. */
    static Path rising(Path file, int frames) throws IOException {
        int[] greys = new int[frames];
        for (int i = 0; i < frames; i++) {
            greys[i] = 30 + 200 * i / Math.max(1, frames - 1);
        }
        return write(file, greys);
    }
}
