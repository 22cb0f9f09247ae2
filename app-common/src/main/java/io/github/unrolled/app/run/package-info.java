/**
 * The folder that a training run leaves: what was run, its metrics, its curve and its checkpoints. Start with
 * {@link RunFolder}.
 */
@NullMarked
package io.github.unrolled.app.run;

import org.jspecify.annotations.NullMarked;
