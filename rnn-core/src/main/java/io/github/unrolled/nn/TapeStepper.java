package io.github.unrolled.nn;

import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;
import java.util.List;

/** Steps any cell through its step function, on a tape that records nothing. */
final class TapeStepper<S extends State<S>> implements Stepper {
    private final Cell<S> cell;
    private final Shape places;
    private final Tape tape;
    private final List<Tensor> state;

    TapeStepper(Cell<S> cell, Engine engine, Shape places) {
        this.cell = cell;
        this.places = places;
        this.tape = Tape.inference(engine);
        this.state = cell.zeroState(tape, places).parts().stream()
                .map(part -> Tensor.allocate(engine.backend(), part.shape()))
                .toList();
        reset();
    }

    @Override
    public Tensor step(Tensor x) {
        tape.reset();
        List<Variable> parts = state.stream().map(tape::constant).toList();
        S before = cell.zeroState(tape, places).withParts(parts);
        Step<S> step = cell.bind(tape).step(tape.constant(x), before);
        List<Variable> after = step.state().parts();
        for (int i = 0; i < state.size(); i++) {
            tape.engine().copy(after.get(i).value(), state.get(i), false);
        }
        return step.output().value();
    }

    @Override
    public List<Tensor> state() {
        return state;
    }

    @Override
    public void close() {
        state.forEach(Tensor::close);
        tape.close();
    }
}
