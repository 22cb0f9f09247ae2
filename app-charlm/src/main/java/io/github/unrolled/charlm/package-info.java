/** The command line of the character model: learn from a text, then write like it. */
@NullMarked
package io.github.unrolled.charlm;

import org.jspecify.annotations.NullMarked;
