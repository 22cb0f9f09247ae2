/** Tests of the reference engine against calculations that do not use it. */
@NullMarked
package io.github.unrolled.engine.reference;

import org.jspecify.annotations.NullMarked;
