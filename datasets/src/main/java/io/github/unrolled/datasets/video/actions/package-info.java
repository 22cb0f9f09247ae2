/** Small sets of clips that each show one thing: actions and spoken words. */
@NullMarked
package io.github.unrolled.datasets.video.actions;

import org.jspecify.annotations.NullMarked;
