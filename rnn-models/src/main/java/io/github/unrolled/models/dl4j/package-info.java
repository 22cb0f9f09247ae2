/** Models of the zoo as networks of Deeplearning4j. */
@NullMarked
package io.github.unrolled.models.dl4j;

import org.jspecify.annotations.NullMarked;
