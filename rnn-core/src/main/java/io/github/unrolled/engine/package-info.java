/**
 * The closed list of kernels, forward and backward, on tensors: {@link Engine}. A {@link Backend} makes engines and the
 * memory they compute on; {@link Backends} picks the fastest one that works on this machine.
 */
@NullMarked
package io.github.unrolled.engine;

import org.jspecify.annotations.NullMarked;
