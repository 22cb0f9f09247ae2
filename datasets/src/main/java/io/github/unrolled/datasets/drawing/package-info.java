/** Drawing of pictures: antialiased lines, discs and labels. Needs OpenCV on the class path, which whoever uses it adds. */
@NullMarked
package io.github.unrolled.datasets.drawing;

import org.jspecify.annotations.NullMarked;
