package io.github.unrolled.video;

import io.github.unrolled.datasets.video.FrameSize;
import io.github.unrolled.datasets.video.clip.ClipFolder;
import io.github.unrolled.datasets.video.clip.ClipList;
import io.github.unrolled.datasets.video.clip.ClipSet;
import io.github.unrolled.datasets.video.clip.ClipSplit;
import io.github.unrolled.datasets.video.clip.FrameCache;
import io.github.unrolled.models.video.VideoData;
import io.github.unrolled.random.Seed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A folder of one's own clips: a folder for each class, or files with labels beside the videos. */
final class OwnClips {
    /** The part of an even share below which a class is said to be rare. */
    private static final double RARE = 0.3;

    private static final double VALIDATION = 0.15;
    private static final double TEST = 0.15;
    private static final Seed SPLIT = new Seed(1);

    private OwnClips() {}

    /**
     * Reads the clips and divides them by groups: as a {@code clips.csv} says, or 70, 15 and 15 % by chance that is always
     * the same.
     */
    static VideoSet set(Path folder, FrameCache cache, FrameSize size, Consumer<String> progress) throws IOException {
        ClipSet clips = new ClipFolder(folder, cache, size, progress).load();
        List<String> remarks = new ArrayList<>(clips.problems());
        remarks.addAll(clips.imbalance(RARE));
        Optional<Map<String, ClipSplit.Part>> listed = Optional.empty();
        Optional<ClipList> list = ClipList.in(folder);
        if (list.isPresent()) {
            listed = list.get().split();
        }
        boolean few = clips.groups().size() < 4;
        if (few && listed.isEmpty()) {
            remarks.add("There are fewer than 4 clips of different sources, too few to hold any out: the figures are of"
                    + " clips that were trained on and say nothing of others.");
            return set(folder, new ClipSplit(clips, clips, clips), "clips that were trained on", remarks);
        }
        ClipSplit split = listed.isPresent() ? clips.split(listed.get()) : clips.split(VALIDATION, TEST, SPLIT);
        return set(folder, split, "held-out clips, by groups", remarks);
    }

    private static VideoSet set(Path folder, ClipSplit split, String protocol, List<String> remarks) {
        String name = folder.toString();
        String row = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
        return new VideoSet(
                row,
                protocol,
                VideoData.of(name, split.train(), split.valid().clips().isEmpty() ? split.train() : split.valid()),
                VideoData.sequences(split.test()),
                Silences.of(split.train().classes()),
                remarks);
    }
}
