/** Trained models that come with the library: {@link Zoo} lists and opens them, offline. */
@NullMarked
package io.github.unrolled.models.zoo;

import org.jspecify.annotations.NullMarked;
