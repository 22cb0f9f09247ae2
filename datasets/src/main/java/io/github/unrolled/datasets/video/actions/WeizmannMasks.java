package io.github.unrolled.datasets.video.actions;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.image.OpenCv;
import io.github.unrolled.datasets.video.FrameSize;
import io.github.unrolled.datasets.video.VideoFrame;
import io.github.unrolled.datasets.video.clip.ClipFrames;
import io.github.unrolled.datasets.video.clip.ClipSet;
import io.github.unrolled.datasets.video.clip.ClipSplit;
import io.github.unrolled.datasets.video.clip.ClipSplit.Part;
import io.github.unrolled.datasets.video.clip.LabelLevel;
import io.github.unrolled.datasets.video.clip.LabelledClip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Silhouettes of nine persons in ten actions (Gorelick, Blank, Shechtman, Irani and Basri 2007), 93 clips, each with the
 * label of its action. Persons are the groups; the literature leaves one out at a time.
 */
public final class WeizmannMasks {
    /** The id in the catalogue. */
    public static final String ID = "weizmann-masks";

    /** The actions. */
    public static final List<String> CLASSES =
            List.of("bend", "jack", "jump", "pjump", "run", "side", "skip", "walk", "wave1", "wave2");

    private static final String FILE = "original_masks.mat";
    private static final List<String> TEST = List.of("moshe", "shahar");
    private static final List<String> VALID = List.of("lyova");
    private static final byte WHITE = (byte) 255;

    private WeizmannMasks() {}

    /**
     * Loads the clips into memory.
     *
     * @param folder with {@code original_masks.mat}
     * @param size what the masks of 180 x 144 are resized to, 0 outside and 255 inside; a quarter each way takes 9 MB
     * @throws DataException if the file is missing or not as expected
     */
    public static ClipSet load(Path folder, FrameSize size) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw new DataException(file + " does not exist");
        }
        OpenCv.require();
        List<LabelledClip> clips = new ArrayList<>();
        MaskFile.read(file, (name, values, frames) -> clips.add(clip(file, name, values, frames, size)));
        return new ClipSet(ID, CLASSES, LabelLevel.CLIP, clips, List.of());
    }

    private static LabelledClip clip(Path file, String name, byte[] values, int frames, FrameSize size) {
        int line = name.indexOf('_');
        String action = name.substring(line + 1);
        // One person did some actions twice: run1 and run2.
        int label = CLASSES.contains(action)
                ? CLASSES.indexOf(action)
                : CLASSES.indexOf(action.substring(0, Math.max(0, action.length() - 1)));
        if (line <= 0 || label < 0) {
            throw new DataException(
                    file + " has a field " + name + "; a person and an action, as daria_bend, are expected");
        }
        byte[] bytes = new byte[frames * size.values()];
        byte[] rows = new byte[MaskFile.HEIGHT * MaskFile.WIDTH];
        try (Mat mat = new Mat(MaskFile.HEIGHT, MaskFile.WIDTH, CV_8UC1)) {
            for (int t = 0; t < frames; t++) {
                for (int x = 0; x < MaskFile.WIDTH; x++) {
                    for (int y = 0; y < MaskFile.HEIGHT; y++) {
                        boolean inside = values[(t * MaskFile.WIDTH + x) * MaskFile.HEIGHT + y] != 0;
                        rows[y * MaskFile.WIDTH + x] = inside ? WHITE : 0;
                    }
                }
                mat.data().put(rows, 0, rows.length);
                new VideoFrame(t, t, mat).copyTo(size, bytes, t * size.values());
            }
        }
        return LabelledClip.ofClass(name, name.substring(0, line), ClipFrames.of(size, bytes), label);
    }

    /** Tests on moshe and shahar, validates on lyova, trains on the other six. */
    public static ClipSplit split(ClipSet set) {
        Map<String, Part> parts = new HashMap<>();
        for (LabelledClip clip : set.clips()) {
            parts.put(
                    clip.name(),
                    TEST.contains(clip.group()) ? Part.TEST : VALID.contains(clip.group()) ? Part.VALID : Part.TRAIN);
        }
        return set.split(parts);
    }
}
