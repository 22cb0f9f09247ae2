package io.github.unrolled.datasets.motion.film;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.drawing.Canvas;
import io.github.unrolled.datasets.video.VideoWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * An mp4 of predictions, one after the other: on the left what was true, on the right what was predicted with the truth
 * as a pale shadow behind it; without a truth, the prediction alone.
 */
public final class SkeletonFilm {
    private static final int WIDTH = 960;
    private static final int HEIGHT = 540;
    private static final double FRAME_RATE = 30;
    /** For how long the last pose of a take stays. */
    private static final double HOLD_SECONDS = 0.8;

    private SkeletonFilm() {}

    /**
     * Makes a film.
     *
     * @param takes at least one
     * @param slowness how many times longer the film takes than the motion; 1 for real time
     * @throws DataException if OpenCV or FFmpeg is missing
     */
    public static void write(Path target, List<Take> takes, double slowness) throws IOException {
        if (takes.isEmpty()) {
            throw new IllegalArgumentException("a film has at least one take");
        }
        try (VideoWriter film = VideoWriter.open(target, WIDTH, HEIGHT, FRAME_RATE);
                Canvas canvas = new Canvas(WIDTH, HEIGHT)) {
            for (Take take : takes) {
                Scene scene = new Scene(take, slowness, WIDTH, HEIGHT);
                int frames = (int) Math.ceil(scene.seconds() * slowness * FRAME_RATE);
                int hold = (int) Math.round(HOLD_SECONDS * FRAME_RATE);
                for (int f = 0; f <= frames + hold; f++) {
                    scene.draw(canvas, Math.min(scene.seconds(), f / FRAME_RATE / slowness));
                    film.write(canvas.bgr());
                }
            }
            film.finish();
        }
    }
}
