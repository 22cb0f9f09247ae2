package io.github.unrolled.models.motion.skeleton;

import io.github.unrolled.autodiff.Ops;
import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.nn.LayerNorm;
import io.github.unrolled.nn.Linear;
import io.github.unrolled.nn.Parameters;
import io.github.unrolled.nn.cell.Gru;
import io.github.unrolled.tensor.Shape;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads with a GRU, predicts in frequencies. The state after the last seen frame, the last pose, and the seen curves as
 * cosine coefficients make a code; the code is refined several times by the same weights, h ← h + relu(W norm(h) + b), a
 * recurrence over depth; a linear layer gives the first cosine coefficients of every curve's residual to the last pose
 * (in the frequencies and with the residual of Mao et al. 2019, with recurrent networks in place of their graph
 * convolutions).
 *
 * <p>With J columns, H seen and K predicted frequencies: code {@code [batch, hidden]}, input recurrent + J + 3 + (J + 6) H,
 * output {@code [batch, J + 6, K]}.
 */
final class SpectralGru implements PosePredictor {
    /** The first predictions are near the last pose. */
    private static final double QUIET_START = 0.1;

    /** Differences to the last pose are small; this brings them to the size of the pose. */
    private static final double SEEN_SCALE = 2;

    private final SkeletonConfig config;
    private final PoseLayout layout;
    private final PoseFeatures features;
    private final Gru reader;
    private final Linear code;
    private final LayerNorm norm;
    private final Linear refinement;
    private final Linear output;
    private final float[] seenBasis;
    private final float[] predictedBasis;

    SpectralGru(SkeletonConfig config, PoseLayout layout, Parameters parameters) {
        this.config = config;
        this.layout = layout;
        this.features = new PoseFeatures(layout, config.seen(), config.predicted());
        this.reader = new Gru(parameters.scope("reader"), new Gru.Options(features.frameWidth(), config.recurrent()));
        int inputs = config.recurrent() + features.poseWidth() + layout.outputs() * config.seen();
        this.code = Linear.create(parameters.scope("code"), inputs, config.hidden());
        this.norm = LayerNorm.create(parameters.scope("norm"), config.hidden());
        this.refinement = Linear.create(parameters.scope("refinement"), config.hidden(), config.hidden());
        this.output =
                Linear.create(parameters.scope("output"), config.hidden(), layout.outputs() * config.coefficients());
        double[] quiet = output.weight().value().toDoubles();
        for (int i = 0; i < quiet.length; i++) {
            quiet[i] *= QUIET_START;
        }
        output.weight().value().set(quiet);
        this.seenBasis = transposed(Dct.basis(config.seen(), config.seen()), config.seen());
        this.predictedBasis = Dct.basis(config.coefficients(), config.predicted());
    }

    private static float[] transposed(float[] square, int n) {
        float[] transposed = new float[n * n];
        for (int r = 0; r < n; r++) {
            for (int c = 0; c < n; c++) {
                transposed[c * n + r] = square[r * n + c];
            }
        }
        return transposed;
    }

    private static Variable constant(Tape tape, float[] values, int... dims) {
        return tape.constant(tape.allocate(Shape.of(dims)).set(values));
    }

    @Override
    public Variable predict(Tape tape, List<float[][]> windows) {
        int batch = windows.size();
        int seen = config.seen();
        int outputs = layout.outputs();
        Variable frames = constant(tape, features.frames(windows), seen, batch, features.frameWidth());
        Variable state = Ops.step(
                reader.unroll(tape, frames, reader.zeroState(tape, batch)).outputs(), seen - 1);
        Variable curves = constant(tape, features.seenCurves(windows), batch * outputs, seen);
        Variable spectrum = Ops.scale(Ops.matmul(curves, constant(tape, seenBasis, seen, seen)), SEEN_SCALE, 0);
        Variable pose = constant(tape, features.lastPoses(windows), batch, features.poseWidth());
        Variable input =
                Ops.concat(List.of(dropped(state), pose, Ops.reshape(spectrum, Shape.of(batch, outputs * seen))));
        Variable hidden = dropped(code.apply(input));
        for (int i = 0; i < config.refinements(); i++) {
            hidden = Ops.add(hidden, dropped(Ops.relu(refinement.apply(norm.apply(hidden)))));
        }
        Variable coefficients = Ops.reshape(output.apply(hidden), Shape.of(batch * outputs, config.coefficients()));
        Variable basis = constant(tape, predictedBasis, config.coefficients(), config.predicted());
        return Ops.reshape(Ops.matmul(coefficients, basis), Shape.of(batch, outputs, config.predicted()));
    }

    private Variable dropped(Variable x) {
        return Ops.dropout(x, config.dropout(), x.shape());
    }

    @Override
    public List<Parameter> parameters() {
        return Stream.of(
                        reader.parameters(),
                        code.parameters(),
                        norm.parameters(),
                        refinement.parameters(),
                        output.parameters())
                .flatMap(List::stream)
                .toList();
    }
}
