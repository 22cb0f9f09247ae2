/** What every verb that trains shares: the options of a recipe, and the run around a training. */
@NullMarked
package io.github.unrolled.app.train;

import org.jspecify.annotations.NullMarked;
