/** What tests of several packages share. */
@NullMarked
package io.github.unrolled.testing;

import org.jspecify.annotations.NullMarked;
