@NullMarked
package io.github.unrolled.datasets.video.shapes;

import org.jspecify.annotations.NullMarked;
