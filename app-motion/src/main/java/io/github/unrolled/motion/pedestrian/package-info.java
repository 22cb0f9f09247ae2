/** The verbs for walkers; {@link PedestrianMotion} gives them to the application. */
@NullMarked
package io.github.unrolled.motion.pedestrian;

import org.jspecify.annotations.NullMarked;
