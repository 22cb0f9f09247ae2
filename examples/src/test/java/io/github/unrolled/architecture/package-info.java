/** Rules on which part of the project may know which, checked on all modules at once. */
@NullMarked
package io.github.unrolled.architecture;

import org.jspecify.annotations.NullMarked;
