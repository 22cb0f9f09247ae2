package io.github.unrolled.models.imaging;

import io.github.unrolled.autodiff.Ops;
import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.datasets.image.PatchBatch;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.train.Objective;
import io.github.unrolled.train.Snapshot;
import java.util.List;

/** The squared error between pictures and what an autoencoder makes of them, or of noisy ones. */
public final class AutoencoderObjective implements Objective<PatchBatch> {
    private final Autoencoder model;

    /** @param model stays its owner's to close */
    public AutoencoderObjective(Autoencoder model) {
        this.model = model;
    }

    @Override
    public List<Parameter> parameters() {
        return model.parameters();
    }

    @Override
    public List<PatchBatch> split(PatchBatch batch, int workers) {
        return batch.split(workers);
    }

    @Override
    public double targets(PatchBatch batch) {
        return batch.targets().length;
    }

    @Override
    public double units(PatchBatch batch) {
        return batch.batch();
    }

    @Override
    public Variable loss(Tape tape, PatchBatch shard, int worker) {
        Shape shape = Shape.of(shard.batch(), shard.size(), shard.size(), 1);
        Variable inputs = tape.constant(tape.allocate(shape).set(shard.inputs()));
        Variable targets = tape.constant(tape.allocate(shape).set(shard.targets()));
        Variable difference = Ops.subtract(model.decode(tape, model.encode(tape, inputs)), targets);
        return Ops.sum(Ops.multiply(difference, difference));
    }

    @Override
    public void save(Snapshot into) {
        // Nothing is carried from one batch to the next.
    }

    @Override
    public void restore(Snapshot from) {
        // See save.
    }
}
