/** The command line of video: labels for every frame, or for a clip. */
@NullMarked
package io.github.unrolled.video;

import org.jspecify.annotations.NullMarked;
