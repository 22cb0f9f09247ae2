@NullMarked
package io.github.unrolled.video;

import org.jspecify.annotations.NullMarked;
