/**
 * Lip reading on speaker s1 of the GRID corpus: a word for every frame of the mouth. Start with {@link GridMouth}.
 */
@NullMarked
package io.github.unrolled.datasets.video.grid;

import org.jspecify.annotations.NullMarked;
