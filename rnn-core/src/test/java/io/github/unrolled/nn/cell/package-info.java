@NullMarked
package io.github.unrolled.nn.cell;

import org.jspecify.annotations.NullMarked;
