package io.github.unrolled.video;

import io.github.unrolled.models.video.VideoConfig;
import io.github.unrolled.models.video.VideoSettings;
import java.util.List;

/** Networks and batches that measured best on held-out parts of the training data. */
final class Presets {
    private Presets() {}

    /** Small frames whose labels depend on what was seen before; a causal network. */
    static VideoSettings shapes() {
        return new VideoSettings(
                0,
                0,
                List.of(8, 16, 32),
                64,
                VideoConfig.GRU,
                96,
                1,
                false,
                VideoConfig.LAST,
                0.1,
                false,
                96,
                8,
                0.05,
                0,
                true,
                2,
                0.05,
                0);
    }

    /** Mouths that speak: the sentence is there as a whole. */
    static VideoSettings lips() {
        return new VideoSettings(
                2,
                2,
                List.of(24, 32, 48, 64),
                160,
                VideoConfig.GRU,
                160,
                2,
                true,
                VideoConfig.MEAN,
                0.2,
                true,
                75,
                10,
                0.15,
                0,
                false,
                2,
                0.1,
                4);
    }

    /** Mouths that say one word, in very few clips. */
    static VideoSettings words() {
        return new VideoSettings(
                1,
                1,
                List.of(8, 16, 32),
                32,
                VideoConfig.GRU,
                32,
                1,
                true,
                VideoConfig.MEAN,
                0.3,
                true,
                17,
                8,
                0,
                0,
                true,
                3,
                0.1,
                2);
    }

    /** Short films of one action. */
    static VideoSettings actions() {
        return new VideoSettings(
                2,
                2,
                List.of(16, 32, 32, 64),
                64,
                VideoConfig.GRU,
                64,
                1,
                true,
                VideoConfig.MEAN,
                0.3,
                false,
                40,
                16,
                0,
                0,
                true,
                4,
                0,
                4);
    }

    /** Silhouettes as features. */
    static VideoSettings silhouettes() {
        return new VideoSettings(
                0,
                0,
                List.of(),
                64,
                VideoConfig.GRU,
                48,
                1,
                true,
                VideoConfig.MEAN,
                0.4,
                false,
                32,
                8,
                0,
                0,
                false,
                0,
                0.1,
                0);
    }

    /** Features in place of pixels. */
    static VideoSettings gestures() {
        return new VideoSettings(
                0,
                0,
                List.of(),
                64,
                VideoConfig.GRU,
                64,
                2,
                true,
                VideoConfig.MEAN,
                0.3,
                false,
                128,
                16,
                0.15,
                0,
                false,
                0,
                0.1,
                8);
    }
}
