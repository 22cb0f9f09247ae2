package io.github.unrolled.video;

import io.github.unrolled.datasets.video.FrameSize;
import io.github.unrolled.datasets.video.actions.LipWords;
import io.github.unrolled.datasets.video.clip.ClipSplit;
import io.github.unrolled.datasets.video.clip.FrameCache;
import io.github.unrolled.datasets.video.grid.GridMouth;
import io.github.unrolled.models.video.VideoData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Mouths that speak: sentences of six words with a label for every frame, or one word in a clip. */
final class Lips {
    /** Half the size of the clips: what the lips do is seen at that, four times as fast. */
    static final FrameSize SIZE = new FrameSize(32, 48, 1);

    /** Half the size of the clips of words. */
    static final FrameSize WORD_SIZE = new FrameSize(40, 56, 1);

    private Lips() {}

    /** The two words in a folder that {@link LipWords} knows; so few that the training validates on what it learns. */
    static VideoSet words(Path folder, FrameCache cache, FrameSize size, Consumer<String> progress) throws IOException {
        ClipSplit split = LipWords.load(folder, cache, size, progress);
        return VideoSet.of(
                LipWords.ID,
                LipWords.ID,
                "every fourth clip of a word, not trained on",
                new ClipSplit(split.train(), split.train(), split.test()),
                List.of("There are only 35 clips to train on: the validation is on the same ones."));
    }

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
