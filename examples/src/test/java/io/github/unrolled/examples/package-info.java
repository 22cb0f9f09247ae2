@NullMarked
package io.github.unrolled.examples;

import org.jspecify.annotations.NullMarked;
