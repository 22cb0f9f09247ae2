/**
 * Motion of the Acclaim formats, as the motion capture of CMU is published: a skeleton in ASF
 * ({@link io.github.unrolled.datasets.motion.asf.Asf}) and what its bones do in AMC
 * ({@link io.github.unrolled.datasets.motion.asf.AmcReader}).
 */
@NullMarked
package io.github.unrolled.datasets.motion.asf;

import org.jspecify.annotations.NullMarked;
