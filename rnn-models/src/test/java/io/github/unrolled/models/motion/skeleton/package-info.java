@NullMarked
package io.github.unrolled.models.motion.skeleton;

import org.jspecify.annotations.NullMarked;
