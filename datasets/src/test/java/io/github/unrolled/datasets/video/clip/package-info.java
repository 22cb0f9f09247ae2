@NullMarked
package io.github.unrolled.datasets.video.clip;

import org.jspecify.annotations.NullMarked;
