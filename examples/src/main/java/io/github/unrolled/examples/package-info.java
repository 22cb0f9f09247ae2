/** The short programs of the documentation: each is compiled and tested, and can be copied as it stands. */
@NullMarked
package io.github.unrolled.examples;

import org.jspecify.annotations.NullMarked;
