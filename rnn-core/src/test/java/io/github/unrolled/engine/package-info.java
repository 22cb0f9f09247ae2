@NullMarked
package io.github.unrolled.engine;

import org.jspecify.annotations.NullMarked;
