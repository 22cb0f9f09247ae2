/** Tests of what the fast engine keeps between calls. */
@NullMarked
package io.github.unrolled.engine.onednn;

import org.jspecify.annotations.NullMarked;
