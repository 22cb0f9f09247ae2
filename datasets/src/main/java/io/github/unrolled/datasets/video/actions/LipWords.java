package io.github.unrolled.datasets.video.actions;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.video.FrameSize;
import io.github.unrolled.datasets.video.clip.ClipFolder;
import io.github.unrolled.datasets.video.clip.ClipSet;
import io.github.unrolled.datasets.video.clip.ClipSplit;
import io.github.unrolled.datasets.video.clip.ClipSplit.Part;
import io.github.unrolled.datasets.video.clip.FrameCache;
import io.github.unrolled.datasets.video.clip.LabelledClip;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One speaker says "cat" 24 times and "coop" 22 times, 17 frames each: a set for quick tests. */
public final class LipWords {
    /** The id in the catalogue. */
    public static final String ID = "lip-words";

    private static final int EVERY = 4;
    private static final Pattern NUMBER = Pattern.compile("(\\d+)\\.mp4$");

    private LipWords() {}

    /**
     * Loads the clips, decoded into the cache. Within a word, in the order of the clips' numbers, every fourth tests and the
     * others train; nothing is held out for validation.
     *
     * @param folder with the folders {@code cat} and {@code coop}
     * @param size what frames are resized to
     * @param progress is told the name of each clip before it is decoded
     * @throws DataException if there is none
     */
    public static ClipSplit load(Path folder, FrameCache cache, FrameSize size, Consumer<String> progress)
            throws IOException {
        ClipSet set = new ClipFolder(folder, cache, size, progress).load();
        Map<String, Part> parts = new HashMap<>();
        for (int word = 0; word < set.classes().size(); word++) {
            int wanted = word;
            List<LabelledClip> clips = new ArrayList<>(set.clips().stream()
                    .filter(clip -> clip.clipLabel() == wanted)
                    .sorted(Comparator.comparingInt(LipWords::number))
                    .toList());
            for (int i = 0; i < clips.size(); i++) {
                parts.put(clips.get(i).name(), i % EVERY == EVERY - 1 ? Part.TEST : Part.TRAIN);
            }
        }
        return set.split(parts);
    }

    private static int number(LabelledClip clip) {
        Matcher matcher = NUMBER.matcher(clip.name());
        if (!matcher.find()) {
            throw new DataException("the clip " + clip.name() + " has no number in its name, such as cat_2.mp4");
        }
        return Integer.parseInt(matcher.group(1));
    }
}
