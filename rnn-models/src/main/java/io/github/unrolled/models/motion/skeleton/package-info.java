/**
 * What a skeleton does next, from what it just did. {@link io.github.unrolled.models.motion.skeleton.SkeletonForecaster}
 * continues a motion; {@link io.github.unrolled.models.motion.skeleton.SkeletonTask} is what is trained;
 * {@link io.github.unrolled.models.motion.skeleton.SkeletonEvaluation} measures in the published protocol.
 */
@NullMarked
package io.github.unrolled.models.motion.skeleton;

import org.jspecify.annotations.NullMarked;
