/**
 * Training, shared by all tasks: a {@link Trainer} takes an {@link Objective}, a {@link BatchSource} and an
 * {@link Optimizer}, and does the rest: workers, clipping, schedules, averaging, evaluation, checkpoints and exact resume.
 */
@NullMarked
package io.github.unrolled.train;

import org.jspecify.annotations.NullMarked;
