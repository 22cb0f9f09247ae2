/** The classical cells: {@link VanillaRnn}, {@link Lstm}, {@link Gru}, and the states they carry. */
@NullMarked
package io.github.unrolled.nn.cell;

import org.jspecify.annotations.NullMarked;
