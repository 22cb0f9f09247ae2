@NullMarked
package io.github.unrolled.datasets.motion.cmu;

import org.jspecify.annotations.NullMarked;
