package io.github.unrolled.video;

import io.github.unrolled.datasets.video.VideoWriter;
import io.github.unrolled.datasets.video.clip.LabelLevel;
import io.github.unrolled.datasets.video.clip.LabelledClip;
import io.github.unrolled.datasets.video.shapes.MovingShapes;
import io.github.unrolled.models.video.Segment;
import io.github.unrolled.random.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** Real video files of the embedded set, as somebody would have them. */
final class Clips {
    static final int FRAMES = 48;
    private static final int LARGER = 4;

    private Clips() {}

    /** Films with a table of labels beside each. */
    static void labelled(Path folder, int count) throws IOException {
        Files.createDirectories(folder);
        for (LabelledClip clip : clips(count)) {
            write(folder.resolve(clip.name() + ".mp4"), clip);
            StringBuilder table = new StringBuilder("start,end,label\n");
            for (Segment segment : Segment.runs(clip.labels())) {
                table.append(String.format(
                        Locale.ROOT,
                        "%.3f,%.3f,%s%n",
                        segment.from() / MovingShapes.FRAME_RATE_HZ,
                        segment.to() / MovingShapes.FRAME_RATE_HZ,
                        MovingShapes.classes().get(segment.label())));
            }
            Files.writeString(folder.resolve(clip.name() + ".csv"), table);
        }
    }

    /** Films in a folder for each class: bright ones and dark ones. */
    static void ofClasses(Path folder, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            Path of = Files.createDirectories(folder.resolve(i % 2 == 0 ? "bright" : "dark"));
            try (VideoWriter film = VideoWriter.open(of.resolve("c" + i + ".mp4"), 64, 48, 25)) {
                byte[] frame = new byte[3 * 64 * 48];
                for (int t = 0; t < 12; t++) {
                    Arrays.fill(frame, (byte) ((i % 2 == 0 ? 170 : 50) + 3 * i + t));
                    film.write(frame);
                }
                film.finish();
            }
        }
    }

    private static Iterable<LabelledClip> clips(int count) {
        return new MovingShapes(FRAMES, 16)
                .sample("test", count, LabelLevel.FRAME, new Seed(5))
                .clips()
                .clips();
    }

    /** One film without labels. */
    static Path film(Path file, int frames) throws IOException {
        write(
                file,
                new MovingShapes(frames, 16)
                        .sample("test", 1, LabelLevel.FRAME, new Seed(6))
                        .clips()
                        .clips()
                        .get(0));
        return file;
    }

    private static void write(Path file, LabelledClip clip) throws IOException {
        int side = clip.frames().size().width();
        byte[] frame = new byte[side * side];
        int wide = side * LARGER;
        byte[] bgr = new byte[3 * wide * wide];
        try (VideoWriter film = VideoWriter.open(file, wide, wide, MovingShapes.FRAME_RATE_HZ)) {
            for (int t = 0; t < clip.length(); t++) {
                clip.frames().readBytes(t, 1, frame, 0);
                for (int i = 0; i < bgr.length; i++) {
                    bgr[i] = frame[i / 3 / wide / LARGER * side + i / 3 % wide / LARGER];
                }
                film.write(bgr);
            }
            film.finish();
        }
    }
}
