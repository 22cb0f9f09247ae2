package io.github.unrolled.models.video;

import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.nn.Mask;
import io.github.unrolled.nn.StackedState;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.train.CarriedState;
import java.util.Optional;

/**
 * Scores of the frames of one sequence, window by window. A network that reads forward carries its state from one window to
 * the next, so windows of any length, one frame included, give what the whole sequence gives. Belongs to its engine's
 * thread.
 */
final class Scorer implements AutoCloseable {
    private final VideoModel model;
    private final WindowFiller filler;
    private final Tape tape;
    private final Optional<CarriedState<StackedState>> carried;

    Scorer(VideoModel model, Engine engine) {
        this.model = model;
        this.filler = new WindowFiller(model.config());
        this.tape = Tape.inference(engine);
        this.carried = model.memory().map(cell -> new CarriedState<>(engine.backend(), cell));
    }

    /** Forgets what was seen: the next window begins a sequence. */
    void begin() {
        carried.ifPresent(CarriedState::reset);
    }

    /**
     * The scores of a window, not yet probabilities.
     *
     * @param linear the sequence's standardisation
     * @return {@code [count][classes]}
     */
    float[][] score(Values values, int from, int count, float[][] linear) {
        VideoConfig config = model.config();
        float[] frames = new float[count * config.values() * config.context()];
        filler.fill(values, from, count, linear, Augmentation.Drawn.NOTHING, frames, 0, 1);
        tape.reset();
        Shape shape = Shape.of(count, 1, config.height(), config.width(), config.channels() * config.context());
        Variable x = tape.constant(tape.allocate(shape).set(frames));
        Optional<StackedState> before = carried.map(state -> state.begin(tape, model.places(1)));
        VideoModel.Outputs outputs = model.apply(tape, x, before, Mask.none());
        outputs.state().ifPresent(state -> carried.ifPresent(keeper -> keeper.carry(state)));
        float[] flat = outputs.logits().value().toFloats();
        float[][] rows = new float[count][];
        for (int t = 0; t < count; t++) {
            rows[t] = java.util.Arrays.copyOfRange(flat, t * config.classes(), (t + 1) * config.classes());
        }
        return rows;
    }

    /** How many numbers the largest window so far has needed. */
    long capacity() {
        return tape.capacity();
    }

    @Override
    public void close() {
        carried.ifPresent(CarriedState::close);
        tape.close();
    }
}
