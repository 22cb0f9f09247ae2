/**
 * Where numbers live: shapes, element types and memory that has an owner. No arithmetic. Start with {@link Tensor} and
 * {@link Arena}.
 */
@NullMarked
package io.github.unrolled.tensor;

import org.jspecify.annotations.NullMarked;
