@NullMarked
package io.github.unrolled.datasets.video.actions;

import org.jspecify.annotations.NullMarked;
