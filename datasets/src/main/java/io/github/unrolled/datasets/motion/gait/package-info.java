/**
 * Walking figures made up by a seed, with a skeleton of their own: data for demonstrations and tests that needs no
 * download. Start with {@link io.github.unrolled.datasets.motion.gait.GaitGenerator}.
 */
@NullMarked
package io.github.unrolled.datasets.motion.gait;

import org.jspecify.annotations.NullMarked;
