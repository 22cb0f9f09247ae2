/**
 * Motion in the BVH format of Biovision, read, changed and written:
 * {@link io.github.unrolled.datasets.motion.bvh.BvhReader} gives a {@link io.github.unrolled.datasets.motion.bvh.Bvh},
 * {@link io.github.unrolled.datasets.motion.bvh.BvhWriter} takes one.
 */
@NullMarked
package io.github.unrolled.datasets.motion.bvh;

import org.jspecify.annotations.NullMarked;
