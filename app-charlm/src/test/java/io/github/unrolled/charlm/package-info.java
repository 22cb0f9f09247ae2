/** Tests of the command line as its users see it. */
@NullMarked
package io.github.unrolled.charlm;

import org.jspecify.annotations.NullMarked;
