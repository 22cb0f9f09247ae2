@NullMarked
package io.github.unrolled.datasets.motion.skeleton;

import org.jspecify.annotations.NullMarked;
