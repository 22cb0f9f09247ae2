/** Speed of this library beside libtorch and stock Deeplearning4j, on the same work and the same machine. */
@NullMarked
package io.github.unrolled.benchmarks;

import org.jspecify.annotations.NullMarked;
