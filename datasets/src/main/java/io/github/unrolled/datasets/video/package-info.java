/** Films: frames in, files out. Needs FFmpeg on the class path, which whoever uses it adds. */
@NullMarked
package io.github.unrolled.datasets.video;

import org.jspecify.annotations.NullMarked;
