/**
 * Video labelled frame by frame or clip by clip: a CNN that looks at every frame, a recurrent network that remembers, and
 * the measures of the literature. Start with {@link SavedVideo} to use a model and with {@link VideoTask} to train one.
 */
@NullMarked
package io.github.unrolled.models.video;

import org.jspecify.annotations.NullMarked;
