/** Tests of what is measured and how it is told; never of how long it takes. */
@NullMarked
package io.github.unrolled.benchmarks;

import org.jspecify.annotations.NullMarked;
