package io.github.unrolled.models.video;

import io.github.unrolled.autodiff.Ops;
import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.nn.Mask;
import io.github.unrolled.nn.StackedState;
import io.github.unrolled.tensor.Allocator;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;
import io.github.unrolled.train.CarriedState;
import io.github.unrolled.train.Objective;
import io.github.unrolled.train.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cross-entropy of every labelled frame, or of every clip, in nats, each class with a weight; of frames, a part of
 * {@link TemporalSmoothing} too. A network that reads forward carries its state from window to window, cut off from the
 * gradient, so that a clip of any length trains in the memory of a window.
 */
public final class VideoObjective implements Objective<ClipBatch>, AutoCloseable {
    private final VideoModel model;
    private final List<LabelledSequence> sequences;
    private final List<float[][]> standardisation;
    private final float[] classWeights;
    private final double smoothing;
    private final WindowFiller filler;
    private final List<CarriedState<StackedState>> carried = new ArrayList<>();

    /**
     * Sets up the loss.
     *
     * @param allocator where carried states lie
     * @param sequences what batches are windows of
     * @param classWeights of each class
     * @param smoothing of the smoothing loss beside the cross-entropy
     * @param workers how many threads share a batch
     */
    public VideoObjective(
            Allocator allocator,
            VideoModel model,
            Standardisation standardisation,
            List<LabelledSequence> sequences,
            float[] classWeights,
            double smoothing,
            int workers) {
        this.model = model;
        this.sequences = sequences;
        this.standardisation = sequences.stream()
                .map(each -> standardisation.of(each.values(), model.config().values()))
                .toList();
        this.classWeights = classWeights.clone();
        this.smoothing = smoothing;
        this.filler = new WindowFiller(model.config());
        model.memory().ifPresent(cell -> {
            for (int i = 0; i < workers; i++) {
                carried.add(new CarriedState<>(allocator, cell));
            }
        });
    }

    @Override
    public List<Parameter> parameters() {
        return model.parameters();
    }

    @Override
    public List<ClipBatch> split(ClipBatch batch, int workers) {
        List<ClipBatch> shards = new ArrayList<>();
        int count = batch.windows().size();
        for (int i = 0; i < workers; i++) {
            shards.add(new ClipBatch(batch.windows().subList(i * count / workers, (i + 1) * count / workers)));
        }
        return shards;
    }

    @Override
    public double targets(ClipBatch batch) {
        double sum = 0;
        for (ClipBatch.Window window : batch.windows()) {
            LabelledSequence sequence = sequences.get(window.sequence());
            if (model.config().labelsClips()) {
                sum += weight(sequence.clipLabel());
            } else {
                for (int t = window.from(); t < window.to(); t++) {
                    sum += weight(sequence.labels()[t]);
                }
            }
        }
        // A batch without a label has no loss, divided by whatever.
        return sum > 0 ? sum : 1;
    }

    private float weight(int label) {
        return label < 0 ? 0 : classWeights[label];
    }

    @Override
    public double units(ClipBatch batch) {
        return batch.frames();
    }

    @Override
    public Variable loss(Tape tape, ClipBatch shard, int worker) {
        int batch = shard.windows().size();
        int time = shard.time();
        if (batch == 0 || time == 0) {
            return tape.source(tape.zeros(Shape.of(1)));
        }
        VideoConfig config = model.config();
        float[] frames = new float[time * batch * config.values() * config.context()];
        float[] real = new float[time * batch];
        boolean padded = false;
        for (int lane = 0; lane < batch; lane++) {
            ClipBatch.Window window = shard.windows().get(lane);
            filler.fill(
                    sequences.get(window.sequence()).values(),
                    window.from(),
                    window.frames(),
                    standardisation.get(window.sequence()),
                    window.change(),
                    frames,
                    lane,
                    batch);
            for (int t = 0; t < window.frames(); t++) {
                real[t * batch + lane] = 1;
            }
            padded |= window.frames() < time;
        }
        Shape shape = Shape.of(time, batch, config.height(), config.width(), config.channels() * config.context());
        Mask mask = padded ? Mask.of(tape.allocate(Shape.of(time, batch)).set(real)) : Mask.none();
        Optional<StackedState> before = Optional.empty();
        if (!carried.isEmpty()) {
            before = Optional.of(begin(tape, shard, worker));
        }
        VideoModel.Outputs outputs =
                model.apply(tape, tape.constant(tape.allocate(shape).set(frames)), before, mask);
        outputs.state().ifPresent(state -> carried.get(worker).carry(state));
        return config.labelsClips()
                ? ofClips(tape, shard, outputs.logits())
                : ofFrames(tape, shard, outputs.logits(), real);
    }

    /** The carried state, zeros for those that begin. */
    private StackedState begin(Tape tape, ClipBatch shard, int worker) {
        int batch = shard.windows().size();
        StackedState state = carried.get(worker).begin(tape, model.places(batch));
        float[] kept = new float[batch];
        for (int lane = 0; lane < batch; lane++) {
            kept[lane] = shard.windows().get(lane).begins() ? 0 : 1;
        }
        Tensor mask = tape.allocate(Shape.of(batch)).set(kept);
        List<Variable> parts = new ArrayList<>();
        for (Variable part : state.parts()) {
            parts.add(Ops.select(mask, part, tape.constant(tape.zeros(part.shape()))));
        }
        return state.withParts(parts);
    }

    private Variable ofFrames(Tape tape, ClipBatch shard, Variable logits, float[] real) {
        int batch = shard.windows().size();
        int[] targets = new int[real.length];
        float[] weights = new float[real.length];
        for (int lane = 0; lane < batch; lane++) {
            ClipBatch.Window window = shard.windows().get(lane);
            int[] labels = sequences.get(window.sequence()).labels();
            for (int t = 0; t < window.frames(); t++) {
                int label = labels[window.from() + t];
                targets[t * batch + lane] = Math.max(0, label);
                weights[t * batch + lane] = weight(label);
            }
        }
        Variable loss = Ops.softmaxCrossEntropy(
                rows(logits), targets, tape.allocate(Shape.of(weights.length)).set(weights));
        return smoothing == 0 ? loss : Ops.add(loss, Ops.scale(TemporalSmoothing.loss(logits, real), smoothing, 0));
    }

    private static Variable rows(Variable logits) {
        Shape shape = logits.shape();
        return Ops.reshape(logits, Shape.of(shape.dim(0) * shape.dim(1), shape.dim(2)));
    }

    private Variable ofClips(Tape tape, ClipBatch shard, Variable logits) {
        int time = logits.shape().dim(0);
        int batch = shard.windows().size();
        int classes = logits.shape().dim(2);
        boolean isMean = model.config().pooling().equals(VideoConfig.MEAN);
        float[] shares = new float[time * batch];
        int[] targets = new int[batch];
        float[] weights = new float[batch];
        for (int lane = 0; lane < batch; lane++) {
            ClipBatch.Window window = shard.windows().get(lane);
            int count = window.frames();
            for (int t = isMean ? 0 : count - 1; t < count; t++) {
                shares[t * batch + lane] = isMean ? 1f / count : 1;
            }
            int label = sequences.get(window.sequence()).clipLabel();
            targets[lane] = Math.max(0, label);
            weights[lane] = weight(label);
        }
        Variable shared = Ops.multiply(
                logits, tape.constant(tape.allocate(Shape.of(time, batch, 1)).set(shares)));
        Variable pooled = Ops.reshape(Ops.sumTo(shared, Shape.of(1, batch, classes)), Shape.of(batch, classes));
        return Ops.softmaxCrossEntropy(
                pooled, targets, tape.allocate(Shape.of(batch)).set(weights));
    }

    @Override
    public void save(Snapshot into) {
        for (int i = 0; i < carried.size(); i++) {
            carried.get(i).save(into.scope("carried" + i));
        }
    }

    @Override
    public void restore(Snapshot from) {
        for (int i = 0; i < carried.size(); i++) {
            carried.get(i).restore(from.scope("carried" + i));
        }
    }

    /** Frees the carried states; the model stays its owner's. */
    @Override
    public void close() {
        carried.forEach(CarriedState::close);
    }
}
