package io.github.unrolled.nn;

import io.github.unrolled.autodiff.Ops;
import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.tensor.Shape;
import java.util.List;
import java.util.stream.Stream;

/**
 * Two cells reading a sequence from both ends (Schuster and Paliwal 1997); the outputs of a step lie side by side, forward
 * first. Needs the whole sequence, so it is a layer and not a cell: it cannot be stepped, nor carry a state over windows.
 *
 * @param forward reads from the first step on
 * @param backward reads from the last step on, with weights of its own
 * @param <S> the cells' state
 */
public record Bidirectional<S extends State<S>>(Cell<S> forward, Cell<S> backward) implements Module {
    /**
     * What both directions return.
     *
     * @param outputs {@code [time, batch, 2 · outputSize]}
     * @param forward the state after the last step
     * @param backward the state after the first step, where that direction ends
     * @param <S> the cells' state
     */
    public record Result<S>(Variable outputs, S forward, S backward) {}

    /** Features of the output: both directions together. */
    public int outputSize() {
        return forward.outputSize() + backward.outputSize();
    }

    /**
     * Runs both directions from zero states.
     *
     * @param x {@code [time, batch, inputSize]}
     */
    public Result<S> unroll(Tape tape, Variable x, Mask mask) {
        Shape places = x.shape().inner().withoutColumns();
        return unroll(tape, x, forward.zeroState(tape, places), backward.zeroState(tape, places), mask);
    }

    /** Runs both directions, each from a state of its own: the one before the first step, and the one after the last. */
    public Result<S> unroll(Tape tape, Variable x, S before, S after, Mask mask) {
        Sequence<S> there = forward.unroll(tape, x, before, mask);
        Mask reversed = mask.isNone() ? mask : mask.reversed();
        Sequence<S> back = backward.unroll(tape, Ops.reverse(x), after, reversed);
        Variable outputs = Ops.concat(List.of(there.outputs(), Ops.reverse(back.outputs())));
        return new Result<>(outputs, there.state(), back.state());
    }

    @Override
    public List<Parameter> parameters() {
        return Stream.concat(forward.parameters().stream(), backward.parameters().stream())
                .toList();
    }
}
