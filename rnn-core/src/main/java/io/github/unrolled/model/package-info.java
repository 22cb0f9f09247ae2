/**
 * Model files, and how files are written at all: a reader finds the old file or the new one, never half of one. Start with
 * {@link ModelFile}; {@link SafeTensors} is the format of its tensors, {@link AtomicFile} serves every other file too.
 */
@NullMarked
package io.github.unrolled.model;

import org.jspecify.annotations.NullMarked;
