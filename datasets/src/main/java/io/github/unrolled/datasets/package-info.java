/** Data: what is known of it, where it comes from, how it is read. Start with {@code catalogue} and {@code text}. */
@NullMarked
package io.github.unrolled.datasets;

import org.jspecify.annotations.NullMarked;
