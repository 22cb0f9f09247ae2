@NullMarked
package io.github.unrolled.train;

import org.jspecify.annotations.NullMarked;
