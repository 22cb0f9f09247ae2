/**
 * Clips for training: frames decoded and resized once, a label for every frame, splits that keep what belongs together on
 * one side. Start with {@link ClipSet}.
 */
@NullMarked
package io.github.unrolled.datasets.video.clip;

import org.jspecify.annotations.NullMarked;
