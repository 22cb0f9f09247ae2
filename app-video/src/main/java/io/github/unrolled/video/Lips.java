package io.github.unrolled.video;

import io.github.unrolled.datasets.video.FrameSize;
import io.github.unrolled.datasets.video.clip.ClipSplit;
import io.github.unrolled.datasets.video.clip.FrameCache;
import io.github.unrolled.datasets.video.grid.GridMouth;
import io.github.unrolled.models.video.VideoData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;

/** A mouth that speaks sentences of six words, with a label for every frame. */
final class Lips {
    /** Half the size of the clips: what the lips do is seen at that, four times as fast. */
    static final FrameSize SIZE = new FrameSize(32, 48, 1);

    private Lips() {}

    /** Reads the set of a folder that {@link GridMouth} knows. */
    static VideoSet set(Path folder, FrameCache cache, FrameSize size, Consumer<String> progress) throws IOException {
        ClipSplit split = GridMouth.load(folder, cache, size, progress);
        return new VideoSet(
                "grid-s1",
                "speaker s1, sentences with other first four words than those of the training",
                VideoData.of(GridMouth.ID, split.train(), split.valid()),
                VideoData.sequences(split.test()),
                Set.of(GridMouth.SILENCE, GridMouth.PAUSE),
                split.train().problems());
    }
}
