@NullMarked
package io.github.unrolled.datasets.motion.bvh;

import org.jspecify.annotations.NullMarked;
