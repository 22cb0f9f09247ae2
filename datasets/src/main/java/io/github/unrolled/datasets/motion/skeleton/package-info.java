/**
 * Bodies of joints and how they move: {@link io.github.unrolled.datasets.motion.skeleton.Skeleton} is the tree with its
 * forward kinematics, {@link io.github.unrolled.datasets.motion.skeleton.Motion} a row of poses,
 * {@link io.github.unrolled.datasets.motion.skeleton.Rotation} what every joint does and how that is written down.
 */
@NullMarked
package io.github.unrolled.datasets.motion.skeleton;

import org.jspecify.annotations.NullMarked;
