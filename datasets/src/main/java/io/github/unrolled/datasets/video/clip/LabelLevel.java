package io.github.unrolled.datasets.video.clip;

/** What has a label of its own. */
public enum LabelLevel {
    /** Every frame. */
    FRAME,
    /** The clip; all its frames carry the clip's label. */
    CLIP
}
