package io.github.unrolled.models.motion.skeleton;

import io.github.unrolled.autodiff.Ops;
import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.nn.Decoder;
import io.github.unrolled.nn.Linear;
import io.github.unrolled.nn.Parameters;
import io.github.unrolled.nn.cell.Gru;
import io.github.unrolled.nn.cell.HiddenState;
import io.github.unrolled.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The residual sequence-to-sequence network of Martinez, Black and Romero (2017): one GRU reads the seen frames and then its
 * own predictions, each of which is its input plus a linear function of the state. Trained on its own predictions, as it is
 * used (their sampling-based loss).
 */
final class ResidualGru implements PosePredictor {
    private final SkeletonConfig config;
    private final PoseLayout layout;
    private final PoseFeatures features;
    private final Gru cell;
    private final Linear velocity;

    ResidualGru(SkeletonConfig config, PoseLayout layout, Parameters parameters) {
        this.config = config;
        this.layout = layout;
        this.features = new PoseFeatures(layout, config.seen(), config.predicted());
        int width = features.poseWidth() - RootTrack.TILT + layout.outputs();
        this.cell = new Gru(parameters.scope("cell"), new Gru.Options(width, config.recurrent()));
        this.velocity = Linear.create(parameters.scope("velocity"), config.recurrent(), layout.outputs());
    }

    /** Reads pose and difference to the last seen frame; both are known of predicted frames too. */
    @Override
    public Variable predict(Tape tape, List<float[][]> windows) {
        int batch = windows.size();
        int outputs = layout.outputs();
        int joints = layout.joints();
        int frames = config.seen();
        Variable read = tape.constant(
                tape.allocate(Shape.of(frames, batch, features.frameWidth())).set(features.frames(windows)));
        Variable inputs = Ops.columns(read, 0, joints + outputs);
        HiddenState state = cell.unroll(tape, Ops.slice(inputs, 0, frames - 1), cell.zeroState(tape, batch))
                .state();
        Variable last = Ops.columns(Ops.step(inputs, frames - 1), 0, joints);
        Residual residual = new Residual(tape.constant(tape.zeros(Shape.of(batch, outputs))));
        List<Variable> predicted = Decoder.run(
                        tape,
                        cell,
                        Ops.step(inputs, frames - 1),
                        state,
                        config.predicted(),
                        output -> residual.add(velocity.apply(output)),
                        relative -> Ops.concat(List.of(Ops.add(last, Ops.columns(relative, 0, joints)), relative)))
                .outputs();
        List<Variable> columns = new ArrayList<>(predicted.size());
        for (Variable frame : predicted) {
            columns.add(Ops.reshape(frame, Shape.of(batch * outputs, 1)));
        }
        return Ops.reshape(Ops.concat(columns), Shape.of(batch, outputs, config.predicted()));
    }

    /** The sum of all predicted velocities so far. */
    private static final class Residual {
        private Variable sum;

        Residual(Variable zero) {
            sum = zero;
        }

        Variable add(Variable change) {
            sum = Ops.add(sum, change);
            return sum;
        }
    }

    @Override
    public List<Parameter> parameters() {
        return Stream.of(cell.parameters(), velocity.parameters())
                .flatMap(List::stream)
                .toList();
    }
}
