@NullMarked
package io.github.unrolled.datasets.motion.film;

import org.jspecify.annotations.NullMarked;
