/** Text made by a random grammar whose entropy is known exactly. Start with {@link GrammarCorpus#standard()}. */
@NullMarked
package io.github.unrolled.datasets.grammar;

import org.jspecify.annotations.NullMarked;
