package io.github.unrolled.nn;

import io.github.unrolled.autodiff.Ops;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.ShapeException;
import io.github.unrolled.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Runs a cell over time, step by step: what every fused kernel must agree with. */
public final class Unroll {
    private Unroll() {}

    /**
     * Unrolls a cell over a sequence.
     *
     * @param x {@code [time, batch, inputSize]}
     * @throws ShapeException if x or the mask does not fit
     */
    public static <S extends State<S>> Sequence<S> stepwise(Cell<S> cell, Tape tape, Variable x, S state, Mask mask) {
        check(cell, x, mask);
        return stepwise(cell.bind(tape), cell.outputSize(), tape, x, state, mask);
    }

    /**
     * Unrolls a step function over a sequence of what it reads: for cells that compute a part of every step, such as the
     * product of the inputs with their weights, for all steps at once.
     *
     * @param x {@code [time, batch, ..]}
     * @param outputSize features of the output
     */
    public static <S extends State<S>> Sequence<S> stepwise(
            StepFunction<S> function, int outputSize, Tape tape, Variable x, S state, Mask mask) {
        int time = x.shape().dim(0);
        Shape output = x.shape().inner().withColumns(outputSize);
        List<Variable> outputs = new ArrayList<>(time);
        Variable zeros = tape.constant(tape.zeros(output));
        S current = state;
        for (int t = 0; t < time; t++) {
            Step<S> step = function.step(Ops.step(x, t), current);
            if (mask.isNone()) {
                outputs.add(step.output());
                current = step.state();
            } else {
                Tensor real = mask.step(t);
                outputs.add(Ops.select(real, step.output(), zeros));
                current = choose(real, step.state(), current);
            }
        }
        Variable all = time == 0 ? tape.constant(tape.zeros(x.shape().withColumns(outputSize))) : Ops.stack(outputs);
        return new Sequence<>(all, current);
    }

    private static <S extends State<S>> S choose(Tensor real, S next, S before) {
        List<Variable> parts = new ArrayList<>();
        for (int i = 0; i < next.parts().size(); i++) {
            parts.add(Ops.select(real, next.parts().get(i), before.parts().get(i)));
        }
        return next.withParts(parts);
    }

    /** Throws unless x is {@code [time, batch, inputSize]}, with all the {@link Cell#axes()} of this cell. */
    public static void check(Cell<?> cell, Variable x, Mask mask) {
        int rank = cell.axes().size() + 2;
        if (x.shape().rank() != rank || x.shape().columns() != cell.inputSize()) {
            String hint = x.shape().rank() == rank && x.shape().dim(1) == cell.inputSize()
                    ? "; it looks as if time and features were swapped"
                    : "";
            throw new ShapeException(cell.getClass().getSimpleName() + ": the input is " + x.shape()
                    + ", expected [time, " + String.join(", ", cell.axes()) + ", " + cell.inputSize()
                    + "] (inputSize = " + cell.inputSize() + ")" + hint);
        }
        mask.check(x.shape().dim(0), x.shape().dim(1));
    }
}
