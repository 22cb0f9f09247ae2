@NullMarked
package io.github.unrolled.autodiff;

import org.jspecify.annotations.NullMarked;
