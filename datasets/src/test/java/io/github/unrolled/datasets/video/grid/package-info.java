@NullMarked
package io.github.unrolled.datasets.video.grid;

import org.jspecify.annotations.NullMarked;
