@NullMarked
package io.github.unrolled.models.video;

import org.jspecify.annotations.NullMarked;
