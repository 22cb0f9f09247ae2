/**
 * Known data sets and how they come to this machine: {@link Catalogue} lists them with addresses, sizes and checksums,
 * {@link DatasetStore} fetches what is missing.
 */
@NullMarked
package io.github.unrolled.datasets.catalogue;

import org.jspecify.annotations.NullMarked;
