package io.github.unrolled.models.video;

import java.util.random.RandomGenerator;

/**
 * What is changed at random in a clip that is trained on, the same way in all its frames.
 *
 * @param mirror whether half of the clips are seen in a mirror
 * @param shift up to how many pixels a clip is moved, each way
 * @param light deviation of a factor and of a shift of all standardised numbers
 * @param hidden up to how many frames in a row are replaced by the mean, once in a window
 */
public record Augmentation(boolean mirror, int shift, double light, int hidden) {
    /** Nothing is changed. */
    public static final Augmentation NONE = new Augmentation(false, 0, 0, 0);

    /** Checks the ranges. */
    public Augmentation {
        if (shift < 0 || !(light >= 0) || hidden < 0) {
            throw new IllegalArgumentException("shift is " + shift + ", light " + light + " and hidden " + hidden
                    + ", expected 0 or more of each");
        }
    }

    /**
     * What was drawn for one window.
     *
     * @param mirrored left for right
     * @param dx columns by which the picture is moved to the right
     * @param dy rows by which it is moved down
     * @param factor of the standardised numbers
     * @param bias added after it
     * @param hiddenFrom first frame that is hidden
     * @param hiddenTo frame after the last hidden one
     */
    record Drawn(boolean mirrored, int dx, int dy, float factor, float bias, int hiddenFrom, int hiddenTo) {
        static final Drawn NOTHING = new Drawn(false, 0, 0, 1, 0, 0, 0);

        boolean movesPixels() {
            return mirrored || dx != 0 || dy != 0;
        }
    }

    /** Draws for a window of a clip; what is the clip's own comes from a generator that is the same for all its windows. */
    Drawn draw(RandomGenerator clip, RandomGenerator window, int frames) {
        boolean mirrored = clip.nextBoolean() && mirror;
        int dx = shift == 0 ? 0 : clip.nextInt(2 * shift + 1) - shift;
        int dy = shift == 0 ? 0 : clip.nextInt(2 * shift + 1) - shift;
        float factor = (float) Math.max(0.2, 1 + light * clip.nextGaussian());
        float bias = (float) (light * clip.nextGaussian());
        int length = hidden == 0 ? 0 : Math.min(window.nextInt(hidden + 1), frames / 2);
        int from = length == 0 ? 0 : window.nextInt(frames - length + 1);
        return new Drawn(mirrored, dx, dy, factor, bias, from, from + length);
    }
}
