/**
 * The character language model: {@link CharLm} is the network, {@link CharLmObjective} its training,
 * {@link CharLmEvaluation} its loss on held-out text, {@link CharLmSampler} writes.
 */
@NullMarked
package io.github.unrolled.models.charlm;

import org.jspecify.annotations.NullMarked;
