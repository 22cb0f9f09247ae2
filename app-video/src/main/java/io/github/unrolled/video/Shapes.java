package io.github.unrolled.video;

import io.github.unrolled.datasets.video.clip.ClipSplit;
import io.github.unrolled.datasets.video.clip.LabelLevel;
import io.github.unrolled.datasets.video.shapes.MovingShapes;
import io.github.unrolled.random.Seed;
import java.util.List;
import java.util.Locale;

/** The embedded set: always the same clips, whatever {@code --seed} says. */
final class Shapes {
    /** Labels for frames. */
    static final String FRAMES = "shapes";

    /** Labels for clips. */
    static final String CLIPS = "shapes-clip";

    private static final Seed SEED = new Seed(13);
    private static final int TRAIN = 6000;
    private static final int VALID = 400;
    private static final int TEST = 400;

    /** Not the first test set: that one had been looked at before the networks were trained for the last time. */
    private static final Seed TESTED = SEED.split("second test");

    private Shapes() {}

    static VideoSet set(LabelLevel level) {
        MovingShapes shapes = MovingShapes.standard();
        ClipSplit split = new ClipSplit(
                shapes.clips("shapes train", TRAIN, level, SEED.split("train")),
                shapes.clips("shapes valid", VALID, level, SEED.split("valid")),
                shapes.clips("shapes test", TEST, level, TESTED));
        boolean frames = level == LabelLevel.FRAME;
        List<String> remarks = frames
                ? List.of(String.format(
                        Locale.ROOT,
                        "The best classifier of single frames is right in %.1f %% of them: the label must be remembered.",
                        100 * memoryless()))
                : List.of();
        String name = frames ? FRAMES : CLIPS;
        return VideoSet.of(
                name, name, TEST + " clips made from other seeds than those of the training", split, remarks);
    }

    /** What is right at best without memory, on the frames that are tested, from 0 to 1. */
    static double memoryless() {
        return MovingShapes.standard()
                .sample("shapes test", TEST, LabelLevel.FRAME, TESTED)
                .memorylessAccuracy();
    }
}
