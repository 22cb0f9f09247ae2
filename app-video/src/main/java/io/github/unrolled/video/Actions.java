package io.github.unrolled.video;

import io.github.unrolled.app.UsageException;
import io.github.unrolled.datasets.video.FrameSize;
import io.github.unrolled.datasets.video.actions.WeizmannMasks;
import io.github.unrolled.datasets.video.clip.ClipSet;
import io.github.unrolled.datasets.video.clip.ClipSplit;
import io.github.unrolled.models.video.LabelledSequence;
import io.github.unrolled.models.video.SilhouetteFeatures;
import io.github.unrolled.models.video.VideoData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Silhouettes of people in actions, in a fixed split and leaving one person out. */
final class Actions {
    static final List<String> PERSONS =
            List.of("daria", "denis", "eli", "ido", "ira", "lena", "lyova", "moshe", "shahar");

    /** Half the masks' size. */
    private static final FrameSize SIZE = new FrameSize(72, 90, 1);

    private Actions() {}

    /**
     * The set.
     *
     * @param folder with the masks
     * @param person who is left out; empty for the fixed split
     */
    static VideoSet set(Path folder, String person) throws IOException {
        ClipSet clips = WeizmannMasks.load(folder, SIZE);
        if (person.isEmpty()) {
            return set("weizmann-split", WeizmannMasks.ID, "tested on moshe and shahar", WeizmannMasks.split(clips));
        }
        List<String> persons = clips.groups();
        if (!persons.contains(person)) {
            throw new UsageException("--data leaves out '" + person + "', expected one of " + persons);
        }
        // Somebody else tells which of the networks of a training is the best: who comes next in the alphabet.
        String next = persons.get((persons.indexOf(person) + 1) % persons.size());
        Map<String, ClipSplit.Part> parts = new HashMap<>();
        clips.clips()
                .forEach(clip -> parts.put(
                        clip.name(),
                        clip.group().equals(person)
                                ? ClipSplit.Part.TEST
                                : clip.group().equals(next) ? ClipSplit.Part.VALID : ClipSplit.Part.TRAIN));
        return set(
                "weizmann",
                WeizmannMasks.ID + ":" + person,
                "leave one person out, each clip tested by the network that has not seen its person",
                clips.split(parts));
    }

    private static VideoSet set(String row, String name, String protocol, ClipSplit split) {
        VideoData data = new VideoData(
                name,
                WeizmannMasks.CLASSES,
                1,
                1,
                SilhouetteFeatures.COUNT,
                true,
                features(split.train()),
                features(split.valid()));
        return new VideoSet(row, protocol, data, features(split.test()), Set.of(), List.of());
    }

    private static List<LabelledSequence> features(ClipSet clips) {
        return clips.clips().stream().map(SilhouetteFeatures::of).toList();
    }
}
