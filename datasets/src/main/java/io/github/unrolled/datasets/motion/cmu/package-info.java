/**
 * The motion capture of CMU as exponential maps, in the protocol in which Li et al. (2018) and Mao et al. (2019) published
 * their errors: {@link io.github.unrolled.datasets.motion.cmu.CmuMocap} opens the data,
 * {@link io.github.unrolled.datasets.motion.cmu.CmuProtocol} says which frames are seen and predicted,
 * {@link io.github.unrolled.datasets.motion.cmu.EulerError} measures.
 */
@NullMarked
package io.github.unrolled.datasets.motion.cmu;

import org.jspecify.annotations.NullMarked;
