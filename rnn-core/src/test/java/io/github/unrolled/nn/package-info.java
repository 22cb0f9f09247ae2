@NullMarked
package io.github.unrolled.nn;

import org.jspecify.annotations.NullMarked;
