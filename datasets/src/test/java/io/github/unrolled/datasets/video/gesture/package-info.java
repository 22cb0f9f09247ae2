@NullMarked
package io.github.unrolled.datasets.video.gesture;

import org.jspecify.annotations.NullMarked;
