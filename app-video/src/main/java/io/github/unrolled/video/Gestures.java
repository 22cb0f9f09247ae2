package io.github.unrolled.video;

import io.github.unrolled.app.UsageException;
import io.github.unrolled.datasets.video.gesture.FeatureSequence;
import io.github.unrolled.datasets.video.gesture.GesturePhase;
import io.github.unrolled.models.video.LabelledSequence;
import io.github.unrolled.models.video.Values;
import io.github.unrolled.models.video.VideoData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Phases of gestures, in the published protocol and leaving one user out. */
final class Gestures {
    static final List<String> USERS = List.of("a", "b", "c");

    private Gestures() {}

    /**
     * The set.
     *
     * @param files of the catalogue
     * @param user who is left out; empty for the published protocol
     */
    static VideoSet set(List<Path> files, String user) throws IOException {
        Path folder = files.stream()
                .filter(file -> file.toString().endsWith("_va3.csv"))
                .findFirst()
                .map(Path::getParent)
                .orElseThrow();
        List<FeatureSequence> videos = GesturePhase.read(folder);
        if (user.isEmpty()) {
            return set(
                    "gesture-published",
                    GesturePhase.ID,
                    "windows of Hasani et al. 2021, of which three quarters of the frames are trained on too",
                    GesturePhase.published(videos));
        }
        if (!USERS.contains(user)) {
            throw new UsageException("--data leaves out the user '" + user + "', expected one of " + USERS);
        }
        return set(
                "gesture-user-" + user,
                GesturePhase.ID + ":" + user,
                "trained on the videos of the other two users",
                GesturePhase.leaveOut(videos, user));
    }

    private static VideoSet set(String row, String name, String protocol, GesturePhase.Parts parts) {
        VideoData data = new VideoData(
                name,
                GesturePhase.CLASSES,
                1,
                1,
                GesturePhase.FEATURES,
                false,
                sequences(parts.train()),
                sequences(parts.valid()));
        return new VideoSet(row, protocol, data, sequences(parts.test()), Set.of(), List.of());
    }

    private static List<LabelledSequence> sequences(List<FeatureSequence> features) {
        return features.stream()
                .map(each ->
                        new LabelledSequence(each.name(), each.group(), Values.of(each.features()), each.labels(), -1))
                .toList();
    }
}
