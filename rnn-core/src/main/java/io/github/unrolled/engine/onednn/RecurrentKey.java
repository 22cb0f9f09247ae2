package io.github.unrolled.engine.onednn;

import io.github.unrolled.engine.RecurrentSpec;

/**
 * What a {@link RecurrentLayer} is cached under.
 *
 * @param spec the kernel's sizes
 * @param weights identity of the weights that an inference layer keeps packed; 0 for training, where they change at every
 *     step
 */
record RecurrentKey(RecurrentSpec spec, int weights) {}
