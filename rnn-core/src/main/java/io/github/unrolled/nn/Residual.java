package io.github.unrolled.nn;

import io.github.unrolled.autodiff.Ops;
import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.tensor.Shape;
import java.util.List;

/**
 * A cell with a path around it: the output is x + cell(x) (He et al. 2016; for recurrent layers Wu et al. 2016).
 *
 * @param cell whose output is as wide as its input
 * @param <S> the cell's state
 */
public record Residual<S extends State<S>>(Cell<S> cell) implements Cell<S> {
    /** Checks the widths. */
    public Residual {
        if (cell.inputSize() != cell.outputSize()) {
            throw new IllegalArgumentException("a residual cell gives as many features as it reads, not "
                    + cell.outputSize() + " for " + cell.inputSize());
        }
    }

    @Override
    public int inputSize() {
        return cell.inputSize();
    }

    @Override
    public int outputSize() {
        return cell.outputSize();
    }

    @Override
    public List<String> axes() {
        return cell.axes();
    }

    @Override
    public S zeroState(Tape tape, Shape places) {
        return cell.zeroState(tape, places);
    }

    @Override
    public StepFunction<S> bind(Tape tape) {
        StepFunction<S> function = cell.bind(tape);
        return (x, state) -> {
            Step<S> step = function.step(x, state);
            return new Step<>(Ops.add(step.output(), x), step.state());
        };
    }

    @Override
    public Sequence<S> unroll(Tape tape, Variable x, S state, Mask mask) {
        if (!mask.isNone()) {
            // A hidden step gives zeros, not x.
            return Unroll.stepwise(this, tape, x, state, mask);
        }
        Sequence<S> run = cell.unroll(tape, x, state, mask);
        return new Sequence<>(Ops.add(run.outputs(), x), run.state());
    }

    @Override
    public List<Parameter> parameters() {
        return cell.parameters();
    }
}
