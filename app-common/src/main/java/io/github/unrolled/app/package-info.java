/**
 * What every command line of the project shares: verbs, options that mean the same everywhere, exit codes and errors in
 * one sentence. Start with {@link Application} and {@link Verb}.
 */
@NullMarked
package io.github.unrolled.app;

import org.jspecify.annotations.NullMarked;
