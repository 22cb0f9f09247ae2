/**
 * The cells as layers of Deeplearning4j's {@code MultiLayerNetwork} and {@code ComputationGraph}: begin with
 * {@link UnrolledLstm}. Whoever trains there adds a back end of ND4J, such as {@code nd4j-native}, to the class path.
 */
@NullMarked
package io.github.unrolled.dl4j;

import org.jspecify.annotations.NullMarked;
