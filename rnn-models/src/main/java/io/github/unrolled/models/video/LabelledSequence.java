package io.github.unrolled.models.video;

import io.github.unrolled.datasets.video.clip.LabelledClip;

/**
 * A sequence with a label for every step, of pixels or of features.
 *
 * @param name which
 * @param group what it was taken from
 * @param values its numbers
 * @param labels a class of each step, or -1
 * @param clipLabel the class of the whole, or -1
 */
public record LabelledSequence(String name, String group, Values values, int[] labels, int clipLabel) {
    /** The same numbers and labels. */
    public static LabelledSequence of(LabelledClip clip) {
        return new LabelledSequence(
                clip.name(), clip.group(), Values.of(clip.frames()), clip.labels(), clip.clipLabel());
    }

    /** How many steps there are. */
    public int frames() {
        return labels.length;
    }
}
