@NullMarked
package io.github.unrolled.datasets.motion.gait;

import org.jspecify.annotations.NullMarked;
