/**
 * Walkers: where they will be. {@link PedestrianForecaster} predicts with a trained {@link PedestrianModel}, {@link
 * Baseline} without any, and {@link ForecastErrors} measures both.
 */
@NullMarked
package io.github.unrolled.models.motion.pedestrian;

import org.jspecify.annotations.NullMarked;
