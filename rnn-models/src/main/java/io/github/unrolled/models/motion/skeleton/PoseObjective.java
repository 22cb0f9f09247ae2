package io.github.unrolled.models.motion.skeleton;

import io.github.unrolled.autodiff.Ops;
import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;
import io.github.unrolled.train.Objective;
import io.github.unrolled.train.Snapshot;
import java.util.Arrays;
import java.util.List;

/**
 * The length of the difference of all joints' exponential maps in a frame, as the published error is the length of the
 * difference of their Euler angles: Σ wₜ |predicted - true|, wₜ ∝ 1 / √t, which weighs near frames more. The root's
 * channels count apart, less.
 */
final class PoseObjective implements Objective<PoseBatch> {
    private static final double ROOT_WEIGHT = 0.3;
    /** Keeps the slope finite where a prediction is right. */
    private static final double ROUNDED = 1e-6;

    private final SkeletonModel model;
    private final float[] weights;

    PoseObjective(SkeletonModel model) {
        this.model = model;
        int predicted = model.config().predicted();
        this.weights = new float[predicted];
        double sum = 0;
        for (int t = 0; t < predicted; t++) {
            weights[t] = (float) (1 / Math.sqrt(t + 1.0));
            sum += weights[t];
        }
        for (int t = 0; t < predicted; t++) {
            weights[t] = (float) (weights[t] / sum);
        }
    }

    @Override
    public List<Parameter> parameters() {
        return model.parameters();
    }

    @Override
    public List<PoseBatch> split(PoseBatch batch, int workers) {
        return batch.split(workers);
    }

    @Override
    public double targets(PoseBatch batch) {
        return batch.size();
    }

    @Override
    public double units(PoseBatch batch) {
        return batch.size();
    }

    @Override
    public Variable loss(Tape tape, PoseBatch batch, int worker) {
        int windows = batch.size();
        int predicted = model.config().predicted();
        int outputs = model.layout().outputs();
        int joints = model.layout().joints();
        if (windows == 0) {
            return tape.constant(tape.zeros(Shape.of(1)));
        }
        Shape curves = Shape.of(windows, outputs, predicted);
        Variable truth =
                tape.constant(tape.allocate(curves).set(model.features().targets(batch.windows())));
        Variable error = Ops.subtract(model.curves(tape, batch.windows()), truth);
        Variable squares = Ops.multiply(error, error);
        Shape perFrame = Shape.of(windows, 1, predicted);
        Variable body = Ops.sumTo(Ops.multiply(squares, mask(tape, outputs, joints, true)), perFrame);
        Variable root = Ops.sumTo(Ops.multiply(squares, mask(tape, outputs, joints, false)), perFrame);
        Variable lengths = Ops.add(length(body), Ops.scale(length(root), ROOT_WEIGHT, 0));
        return Ops.sum(Ops.multiply(lengths, tape.constant(weightsOf(tape, windows))));
    }

    /** 1 for the curves of joints, or for those of the root, else 0. */
    private static Variable mask(Tape tape, int outputs, int joints, boolean ofJoints) {
        float[] values = new float[outputs];
        Arrays.fill(values, ofJoints ? 0 : joints, ofJoints ? joints : outputs, 1);
        return tape.constant(tape.allocate(Shape.of(outputs, 1)).set(values));
    }

    private static Variable length(Variable squares) {
        return Ops.sqrt(Ops.scale(squares, 1, ROUNDED));
    }

    private Tensor weightsOf(Tape tape, int windows) {
        float[] all = new float[windows * weights.length];
        for (int i = 0; i < windows; i++) {
            System.arraycopy(weights, 0, all, i * weights.length, weights.length);
        }
        return tape.allocate(Shape.of(windows, 1, weights.length)).set(all);
    }

    @Override
    public void save(Snapshot into) {
        // Nothing is carried from batch to batch.
    }

    @Override
    public void restore(Snapshot from) {
        // Nothing is carried from batch to batch.
    }
}
