/**
 * Text as code points: {@link Text} reads it strictly, {@link Vocabulary} numbers its characters, {@link WindowedText} deals
 * it out in windows of parallel streams.
 */
@NullMarked
package io.github.unrolled.datasets.text;

import org.jspecify.annotations.NullMarked;
