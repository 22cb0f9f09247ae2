@NullMarked
package io.github.unrolled.datasets.drawing;

import org.jspecify.annotations.NullMarked;
