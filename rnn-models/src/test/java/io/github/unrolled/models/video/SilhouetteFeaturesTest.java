package io.github.unrolled.models.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.unrolled.datasets.video.FrameSize;
import io.github.unrolled.datasets.video.clip.ClipFrames;
import io.github.unrolled.datasets.video.clip.LabelledClip;
import org.junit.jupiter.api.Test;

final class SilhouetteFeaturesTest {
    private static final FrameSize SIZE = new FrameSize(40, 61, 1);

    /** A body with a foot ahead of it, walking a pixel a frame from a column on, as tall as said. */
    private static float[][] walk(int start, int step, int height) {
        byte[] bytes = new byte[5 * SIZE.values()];
        for (int t = 0; t < 5; t++) {
            int x = start + t * step;
            for (int y = 0; y < height; y++) {
                bytes[t * SIZE.values() + (y + 5) * SIZE.width() + x] = (byte) 255;
            }
            bytes[t * SIZE.values() + (height + 4) * SIZE.width() + x + Integer.signum(step)] = (byte) 255;
        }
        LabelledSequence features =
                SilhouetteFeatures.of(LabelledClip.ofClass("c", "g", ClipFrames.of(SIZE, bytes), 3));
        assertThat(features.clipLabel()).isEqualTo(3);
        float[][] rows = new float[5][SilhouetteFeatures.COUNT];
        for (int t = 0; t < 5; t++) {
            features.values().read(t, 1, rows[t], 0);
        }
        return rows;
    }

    @Test
    void theWayThatABodyGoesDoesNotMatter() {
        float[][] right = walk(20, 1, 20);
        float[][] left = walk(40, -1, 20);
        for (int t = 0; t < 5; t++) {
            for (int i = 0; i < 6; i++) {
                assertThat(left[t][i]).isCloseTo(right[t][i], within(1e-4f));
            }
        }
        // A pixel of a body of 20, ten times; at the first frame nothing is known of the one before.
        assertThat(right[0][0]).isZero();
        assertThat(right[3][0]).isCloseTo(0.5f, within(1e-4f));
        assertThat(right[3][2]).isEqualTo(1);
        assertThat(right[3][3]).isCloseTo(0.1f, within(1e-6f));
        assertThat(right[3][4]).isCloseTo(21f / 400, within(1e-6f));
    }

    @Test
    void anEmptyFrameHasNoBody() {
        LabelledClip dark = LabelledClip.ofClass("c", "g", ClipFrames.of(SIZE, new byte[2 * SIZE.values()]), 0);
        float[] row = new float[SilhouetteFeatures.COUNT];
        SilhouetteFeatures.of(dark).values().read(1, 1, row, 0);
        assertThat(row).containsOnly(0);
    }
}
