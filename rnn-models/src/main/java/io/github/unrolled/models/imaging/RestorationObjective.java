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

/**
 * How far the corrections are from those that would be right: for each patch the root of its mean square, √(mean(d²) + ε²),
 * smoothed as by Charbonnier et al. 1994. Within a patch errors are squared, as in the PSNR; between patches they are not, so
 * that those with strong noise or much texture do not outweigh the others. With several stages each one counts, the r-th in
 * proportion to r, so that early ones are good and the last one best (DRCN's supervision of every recursion). A batch's
 * targets are corrections too.
 */
public final class RestorationObjective implements Objective<PatchBatch> {
    private static final double EPSILON = 1e-3;

    private final Restorer model;

    /** @param model stays its owner's to close */
    public RestorationObjective(Restorer model) {
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

    /** Pixels of the results. */
    @Override
    public double units(PatchBatch batch) {
        return (double) batch.batch() * batch.targetSize() * batch.targetSize();
    }

    @Override
    public Variable loss(Tape tape, PatchBatch shard, int worker) {
        Shape in = Shape.of(shard.batch(), shard.size(), shard.size(), shard.channels());
        Shape out = Shape.of(shard.batch(), shard.targetSize(), shard.targetSize(), shard.channels());
        Variable target = tape.constant(tape.allocate(out).set(shard.targets()));
        List<Variable> stages =
                model.corrections(tape, tape.constant(tape.allocate(in).set(shard.inputs())));
        Variable total = distance(stages.get(stages.size() - 1), target, weight(stages.size(), stages.size()));
        for (int stage = 1; stage < stages.size(); stage++) {
            total = Ops.add(total, distance(stages.get(stage - 1), target, weight(stage, stages.size())));
        }
        return total;
    }

    private static double weight(int stage, int stages) {
        return 2.0 * stage / (stages * (stages + 1.0));
    }

    private static Variable distance(Variable result, Variable target, double weight) {
        Variable difference = Ops.subtract(result, target);
        Shape shape = difference.value().shape();
        double values = (double) shape.elements() / shape.dim(0);
        Variable squares = Ops.sumTo(Ops.multiply(difference, difference), Shape.of(shape.dim(0), 1, 1, 1));
        Variable roots = Ops.sqrt(Ops.scale(squares, 1 / values, EPSILON * EPSILON));
        return Ops.scale(Ops.sum(roots), weight * values, 0);
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
