/**
 * What a verb found out, in rows that are shown as a table and written as JSON, CSV or Markdown. Start with
 * {@link Result}.
 */
@NullMarked
package io.github.unrolled.app.result;

import org.jspecify.annotations.NullMarked;
