/** Tests of the memory that tensors lie in. */
@NullMarked
package io.github.unrolled.tensor;

import org.jspecify.annotations.NullMarked;
