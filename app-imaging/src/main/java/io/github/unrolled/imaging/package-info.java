/** The imaging application: a demo, training, evaluation beside published tables, prediction and the zoo. */
@NullMarked
package io.github.unrolled.imaging;

import org.jspecify.annotations.NullMarked;
