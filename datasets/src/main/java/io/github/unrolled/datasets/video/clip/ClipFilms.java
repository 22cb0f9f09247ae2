package io.github.unrolled.datasets.video.clip;

import io.github.unrolled.datasets.video.FrameSize;
import io.github.unrolled.datasets.video.VideoWriter;
import io.github.unrolled.model.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Writes sets as films that {@link ClipFolder} reads: {@code <clip>.mp4} with a {@code <clip>.csv} of labels beside it, or in
 * a folder for each class where clips have the labels.
 */
public final class ClipFilms {
    /** Enough for noise to survive. */
    private static final double BITS_PER_PIXEL = 1;

    private ClipFilms() {}

    /**
     * Writes all clips.
     *
     * @param set what to write; clips without a label are left out where clips have the labels
     * @param folder made if it is not there
     * @param enlarge by how much pixels are repeated each way, so that small frames can be watched; the size must become even
     * @param frameRateHz frames per second
     */
    public static void write(ClipSet set, Path folder, int enlarge, double frameRateHz) throws IOException {
        for (LabelledClip clip : set.clips()) {
            Path place = folder;
            if (set.level() == LabelLevel.CLIP) {
                if (clip.clipLabel() == LabelledClip.NONE) {
                    continue;
                }
                place = folder.resolve(set.classes().get(clip.clipLabel()));
            }
            Files.createDirectories(place);
            film(clip, place.resolve(clip.name() + ".mp4"), enlarge, frameRateHz);
            if (set.level() == LabelLevel.FRAME) {
                AtomicFile.write(place.resolve(clip.name() + ".csv"), labels(set, clip, frameRateHz));
            }
        }
    }

    private static void film(LabelledClip clip, Path file, int enlarge, double frameRateHz) throws IOException {
        FrameSize size = clip.frames().size();
        int width = size.width() * enlarge;
        byte[] small = new byte[size.values()];
        byte[] bgr = new byte[3 * width * size.height() * enlarge];
        try (VideoWriter film = VideoWriter.open(file, width, size.height() * enlarge, frameRateHz, BITS_PER_PIXEL)) {
            for (int t = 0; t < clip.length(); t++) {
                clip.frames().readBytes(t, 1, small, 0);
                for (int at = 0; at < bgr.length; at++) {
                    int pixel = at / 3;
                    int from = pixel / width / enlarge * size.width() + pixel % width / enlarge;
                    // Kept as red, green, blue; written as blue, green, red.
                    bgr[at] = size.channels() == 1 ? small[from] : small[3 * from + 2 - at % 3];
                }
                film.write(bgr);
            }
            film.finish();
        }
    }

    /** One line for each stretch of frames with one label. */
    private static String labels(ClipSet set, LabelledClip clip, double frameRateHz) {
        StringBuilder lines = new StringBuilder("start,end,label\n");
        int from = 0;
        while (from < clip.length()) {
            int to = from + 1;
            while (to < clip.length() && clip.label(to) == clip.label(from)) {
                to++;
            }
            if (clip.label(from) != LabelledClip.NONE) {
                lines.append(String.format(
                        Locale.ROOT,
                        "%.4f,%.4f,\"%s\"%n",
                        from / frameRateHz,
                        to / frameRateHz,
                        set.classes().get(clip.label(from)).replace("\"", "\"\"")));
            }
            from = to;
        }
        return lines.toString();
    }
}
