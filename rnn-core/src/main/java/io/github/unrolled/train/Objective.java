package io.github.unrolled.train;

import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import java.util.List;

/**
 * What is trained: the parameters and the loss of a batch. A batch can be split into shards that several workers compute
 * at the same time; whatever is carried from one batch to the next (a recurrent state) is the objective's own, one per
 * worker.
 *
 * @param <B> a batch
 */
public interface Objective<B> extends Resumable {
    /** What the optimiser moves, in an order that never changes. */
    List<Parameter> parameters();

    /** Splits a batch into {@code workers} shards, shard i for worker i. Empty shards are allowed. */
    List<B> split(B batch, int workers);

    /** How many targets a batch has; the mean loss is the sum of {@link #loss} over its shards divided by this. */
    double targets(B batch);

    /** How many units of progress (tokens, samples, frames) a batch is, for the rate that is reported. */
    double units(B batch);

    /**
     * The summed loss of a shard, one element. Called by worker {@code worker} on its own thread.
     */
    Variable loss(Tape tape, B shard, int worker);
}
