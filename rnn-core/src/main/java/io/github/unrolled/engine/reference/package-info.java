/**
 * The definition of truth: every kernel in plain Java, in single and double precision, slow and obviously right. Gradient
 * checks run here, every other engine is compared with it, and it computes where no native library loads.
 */
@NullMarked
package io.github.unrolled.engine.reference;

import org.jspecify.annotations.NullMarked;
