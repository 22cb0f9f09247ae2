package io.github.unrolled.train;

/**
 * An endless source of batches.
 *
 * @param <B> a batch
 */
public interface BatchSource<B> extends Resumable {
    /** The next batch. */
    B next();

    /** How many epochs the batches given so far amount to, with fractions. */
    double epochs();
}
