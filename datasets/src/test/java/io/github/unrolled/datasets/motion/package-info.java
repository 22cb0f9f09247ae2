@NullMarked
package io.github.unrolled.datasets.motion;

import org.jspecify.annotations.NullMarked;
