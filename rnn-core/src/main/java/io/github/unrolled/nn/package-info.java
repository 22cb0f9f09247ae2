/**
 * Cells and what is done to them. A {@link Cell} is a function (input, state) to (output, state) written once;
 * {@link Unroll} runs it over time, {@link Stacked} puts cells on top of each other, {@link Bidirectional} runs a
 * sequence both ways, {@link Decoder} feeds outputs back.
 */
@NullMarked
package io.github.unrolled.nn;

import org.jspecify.annotations.NullMarked;
