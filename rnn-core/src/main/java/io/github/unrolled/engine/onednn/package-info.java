/**
 * The engine on oneDNN's CPU primitives, and the only package that calls them. {@link OnednnEngine} is the list of
 * kernels; {@link Operation} is a primitive with its arguments, {@link OperationCache} keeps a bounded number of them by
 * shape, {@link NativeMemory} owns native blocks and {@link OpenMp} sets up native threads. Convolutions have three ways:
 * {@link Convolution} is oneDNN's own, {@link Winograd} and {@link SingleChannel} are ours, made of its products, where those
 * are faster.
 */
@NullMarked
package io.github.unrolled.engine.onednn;

import org.jspecify.annotations.NullMarked;
