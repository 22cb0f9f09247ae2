/**
 * Tracks of walkers: {@link TrackReader} reads them, {@link TrackWindow} cuts them as the published protocols do, {@link
 * EthUcy} knows the published folds, and {@link SocialForce} makes walkers without any download.
 */
@NullMarked
package io.github.unrolled.datasets.motion.track;

import org.jspecify.annotations.NullMarked;
