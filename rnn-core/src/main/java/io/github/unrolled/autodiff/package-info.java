/**
 * Reverse-mode differentiation: a {@link Tape} records what {@link Ops} does to {@link Variable}s and plays it backward.
 * Carried state, truncation and one weight used at every step follow from it.
 */
@NullMarked
package io.github.unrolled.autodiff;

import org.jspecify.annotations.NullMarked;
