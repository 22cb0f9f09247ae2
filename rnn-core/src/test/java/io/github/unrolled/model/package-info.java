/** Model files: whole or absent, read right or refused in a sentence. */
@NullMarked
package io.github.unrolled.model;

import org.jspecify.annotations.NullMarked;
