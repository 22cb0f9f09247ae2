/** The verbs of {@code --task skeleton}: what a body does next. */
@NullMarked
package io.github.unrolled.motion.skeleton;

import org.jspecify.annotations.NullMarked;
