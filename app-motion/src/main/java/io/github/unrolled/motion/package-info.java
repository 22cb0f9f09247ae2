/** The command line of motion prediction: walkers and skeletons, measured beside what needs no network. */
@NullMarked
package io.github.unrolled.motion;

import org.jspecify.annotations.NullMarked;
