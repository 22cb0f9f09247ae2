@NullMarked
package io.github.unrolled.datasets.video;

import org.jspecify.annotations.NullMarked;
