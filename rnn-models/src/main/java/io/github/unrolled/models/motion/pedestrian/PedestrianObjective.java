package io.github.unrolled.models.motion.pedestrian;

import io.github.unrolled.autodiff.Ops;
import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.train.Objective;
import io.github.unrolled.train.Snapshot;
import java.util.Arrays;
import java.util.List;

/**
 * The loss of futures that the model decoded from its own outputs, in metres. With e the error of a walker's mode, ADE and a
 * part of FDE: the best mode of every walker counts (the variety loss of Gupta et al. 2018), so does the mode that is best
 * for the walkers of a window together, the first mode always, and one drawn at random a little, so that none is forgotten
 * (Rupprecht et al. 2017). The mode that was best is what the choice of a mode learns, by cross-entropy.
 */
public final class PedestrianObjective implements Objective<WindowBatch> {
    /** Keeps the root's derivative finite where a prediction is exact. */
    private static final double EPSILON = 1e-6;

    private final PedestrianModel model;
    private final Weights weights;

    /**
     * What counts how much.
     *
     * @param finalStep of FDE beside ADE
     * @param pedestrian of every walker's best mode
     * @param window of the best mode of a whole window
     * @param first of the first mode
     * @param others of a mode drawn at random
     * @param choice of the cross-entropy
     */
    public record Weights(
            double finalStep, double pedestrian, double window, double first, double others, double choice) {
        /** Checks that no part is negative. */
        public Weights {
            if (!(finalStep >= 0 && pedestrian >= 0 && window >= 0 && first >= 0 && others >= 0 && choice >= 0)) {
                throw new IllegalArgumentException("parts of a loss weigh " + finalStep + ", " + pedestrian + ", "
                        + window + ", " + first + ", " + others + " and " + choice + "; expected 0 or more");
            }
        }

        /** The usual weights but for those of the best mode of a window, and of the first mode. */
        public static Weights of(double window, double first) {
            return new Weights(0.5, 1, window, first, 0.05, 0.1);
        }
    }

    /** @param weights of the parts of the loss */
    public PedestrianObjective(PedestrianModel model, Weights weights) {
        this.model = model;
        this.weights = weights;
    }

    @Override
    public List<Parameter> parameters() {
        return model.parameters();
    }

    @Override
    public List<WindowBatch> split(WindowBatch batch, int workers) {
        return batch.split(workers);
    }

    @Override
    public double targets(WindowBatch batch) {
        return batch.walkers();
    }

    @Override
    public double units(WindowBatch batch) {
        return batch.walkers();
    }

    @Override
    public Variable loss(Tape tape, WindowBatch shard, int worker) {
        if (shard.windows().isEmpty()) {
            return tape.source(tape.zeros(Shape.of(1)));
        }
        WalkerBatch batch = WalkerBatch.of(shard.windows(), model.config().socialRadius());
        int modes = model.config().modes();
        Credits credits = modes == 1
                ? Credits.single(batch, weights)
                : Credits.of(allErrors(tape, batch), batch, modes, weights, tape.random());
        PedestrianModel.Futures futures = model.futures(tape, batch, credits.modes(), batch.predicted());
        Variable errors = errors(tape, batch, futures.positions());
        Variable counted = Ops.sum(
                Ops.multiply(errors, tape.constant(tape.allocate(errors.shape()).set(credits.weights()))));
        if (modes == 1) {
            return counted;
        }
        Variable choice = Ops.softmaxCrossEntropy(
                futures.logits(),
                credits.best(),
                tape.allocate(Shape.of(batch.rows())).set(credits.real()));
        return Ops.add(counted, Ops.scale(choice, weights.choice, 0));
    }

    /** Most modes of a walker learn nothing from a batch: which ones do is found without recording, at a third of the cost. */
    private float[] allErrors(Tape tape, WalkerBatch batch) {
        return tape.withoutRecording(() -> {
            int[] modes = model.allModes(batch);
            Variable positions =
                    model.futures(tape, batch, modes, batch.predicted()).positions();
            return errors(tape, batch, positions).value().toFloats();
        });
    }

    /** ADE and a part of FDE of every row of every block, {@code [1, blocks, rows, 1]}. */
    private Variable errors(Tape tape, WalkerBatch batch, Variable positions) {
        int steps = batch.predicted();
        int blocks = positions.shape().dim(1) / batch.rows();
        Variable truth =
                tape.constant(tape.allocate(Shape.of(steps, 1, batch.rows(), 2)).set(batch.targets()));
        Variable perBlock = Ops.reshape(positions, Shape.of(steps, blocks, batch.rows(), 2));
        Variable difference = Ops.subtract(perBlock, truth);
        Variable squares = Ops.sumTo(Ops.multiply(difference, difference), Shape.of(steps, blocks, batch.rows(), 1));
        Variable distances = Ops.sqrt(Ops.scale(squares, 1, EPSILON));
        float[] ofStep = new float[steps];
        Arrays.fill(ofStep, 1f / steps);
        ofStep[steps - 1] += (float) weights.finalStep;
        Variable weighted = Ops.multiply(
                distances, tape.constant(tape.allocate(Shape.of(steps, 1, 1, 1)).set(ofStep)));
        return Ops.sumTo(weighted, Shape.of(1, blocks, batch.rows(), 1));
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
