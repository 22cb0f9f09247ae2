@NullMarked
package io.github.unrolled.datasets.motion.asf;

import org.jspecify.annotations.NullMarked;
