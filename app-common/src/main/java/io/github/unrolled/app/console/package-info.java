/**
 * Where a command line writes, how it shows that it is working, and how it hears that it should stop. Start with
 * {@link Console}.
 */
@NullMarked
package io.github.unrolled.app.console;

import org.jspecify.annotations.NullMarked;
