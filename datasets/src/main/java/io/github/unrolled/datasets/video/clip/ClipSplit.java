package io.github.unrolled.datasets.video.clip;

/**
 * A set divided in three.
 *
 * @param train to learn from
 * @param valid to choose by, held out of training
 * @param test to measure on
 */
public record ClipSplit(ClipSet train, ClipSet valid, ClipSet test) {
    /** The part of a set that a clip belongs to. */
    public enum Part {
        /** To learn from. */
        TRAIN,
        /** To choose by. */
        VALID,
        /** To measure on. */
        TEST
    }
}
