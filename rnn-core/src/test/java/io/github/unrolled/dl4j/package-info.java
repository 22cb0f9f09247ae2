/** Tests of the layers inside Deeplearning4j's containers. */
@NullMarked
package io.github.unrolled.dl4j;

import org.jspecify.annotations.NullMarked;
