package io.github.unrolled.models.charlm;

import io.github.unrolled.autodiff.Ops;
import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.datasets.text.TokenWindow;
import io.github.unrolled.nn.Sequence;
import io.github.unrolled.nn.StackedState;
import io.github.unrolled.tensor.Allocator;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;
import io.github.unrolled.train.CarriedState;
import io.github.unrolled.train.Objective;
import io.github.unrolled.train.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Next-token cross-entropy over windows of parallel streams, with the state carried from window to window and the
 * gradient cut between them: truncated backpropagation through time (Williams and Peng 1990; Mikolov et al. 2010).
 */
public final class CharLmObjective implements Objective<TokenWindow>, AutoCloseable {
    private final CharLm model;
    private final List<CarriedState<StackedState>> carried = new ArrayList<>();

    /** @param workers how many shards a batch is split into */
    public CharLmObjective(CharLm model, Allocator allocator, int workers) {
        this.model = model;
        IntStream.range(0, workers).forEach(i -> carried.add(new CarriedState<>(allocator, model.stack())));
    }

    @Override
    public List<Parameter> parameters() {
        return model.parameters();
    }

    @Override
    public List<TokenWindow> split(TokenWindow window, int workers) {
        return window.split(workers);
    }

    @Override
    public double targets(TokenWindow window) {
        return window.targets().length;
    }

    @Override
    public double units(TokenWindow window) {
        return window.targets().length;
    }

    @Override
    public Variable loss(Tape tape, TokenWindow window, int worker) {
        CarriedState<StackedState> own = carried.get(worker);
        if (window.startsFresh()) {
            own.reset();
        }
        StackedState state = own.begin(tape, window.batch());
        Sequence<StackedState> run = model.logits(tape, window.tokens(), window.time(), state);
        own.carry(run.state());
        Tensor weights = tape.allocate(Shape.of(window.targets().length)).fill(1);
        return Ops.softmaxCrossEntropy(run.outputs(), window.targets(), weights);
    }

    @Override
    public void save(Snapshot into) {
        for (int i = 0; i < carried.size(); i++) {
            carried.get(i).save(into.scope("worker" + i));
        }
    }

    @Override
    public void restore(Snapshot from) {
        for (int i = 0; i < carried.size(); i++) {
            carried.get(i).restore(from.scope("worker" + i));
        }
    }

    @Override
    public void close() {
        carried.forEach(CarriedState::close);
    }
}
