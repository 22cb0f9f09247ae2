package io.github.unrolled.train;

/** Something whose state is part of a checkpoint, so that a continued run repeats the one never stopped. */
public interface Resumable {
    /** Writes all that this object's future depends on. */
    void save(Snapshot into);

    /**
     * Takes back what {@link #save} wrote.
     *
     * @throws SnapshotException if it does not fit
     */
    void restore(Snapshot from);
}
