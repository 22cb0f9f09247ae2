/** What the tasks of the motion application have in common: {@link MotionTask} is what each of them gives. */
@NullMarked
package io.github.unrolled.motion.task;

import org.jspecify.annotations.NullMarked;
