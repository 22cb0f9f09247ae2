package io.github.unrolled.benchmarks;

import io.github.unrolled.train.BatchSource;
import io.github.unrolled.train.Objective;
import io.github.unrolled.train.Snapshot;
import java.util.List;

/**
 * A training whose batch is always the same, cut into what each worker computes.
 *
 * @param <S> what one worker computes
 */
abstract class FixedBatch<S> implements Objective<List<S>>, BatchSource<List<S>> {
    private final List<S> shards;

    FixedBatch(List<S> shards) {
        this.shards = List.copyOf(shards);
    }

    /** How many of {@code all} a worker has. */
    static int share(int all, int worker, int workers) {
        return all * (worker + 1) / workers - all * worker / workers;
    }

    int workers() {
        return shards.size();
    }

    @Override
    public List<S> next() {
        return shards;
    }

    @Override
    public List<List<S>> split(List<S> batch, int workers) {
        return batch.stream().map(List::of).toList();
    }

    @Override
    public double epochs() {
        return 0;
    }

    @Override
    public void save(Snapshot into) {
        // Nothing is carried from one batch to the next.
    }

    @Override
    public void restore(Snapshot from) {
        // Nothing is carried from one batch to the next.
    }
}
