/** Tests of the imaging command line. */
@NullMarked
package io.github.unrolled.imaging;

import org.jspecify.annotations.NullMarked;
