/** Seeds that are passed and split by purpose, so that no random number is ambient. Start with {@link Seed}. */
@NullMarked
package io.github.unrolled.random;

import org.jspecify.annotations.NullMarked;
