/**
 * Sequences of features with a label for every frame, and the Gesture Phase Segmentation set. Start with
 * {@link GesturePhase}.
 */
@NullMarked
package io.github.unrolled.datasets.video.gesture;

import org.jspecify.annotations.NullMarked;
