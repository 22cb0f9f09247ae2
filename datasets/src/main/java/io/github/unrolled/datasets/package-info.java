/** Data to train on: where it comes from, and how it is read. */
@NullMarked
package io.github.unrolled.datasets;

import org.jspecify.annotations.NullMarked;
