/**
 * An embedded set that needs no download: clips of moving shapes whose frames cannot be labelled without remembering what
 * was seen before. Start with {@link MovingShapes}.
 */
@NullMarked
package io.github.unrolled.datasets.video.shapes;

import org.jspecify.annotations.NullMarked;
