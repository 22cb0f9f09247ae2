package io.github.unrolled.dl4j;

import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.nn.Bidirectional;
import io.github.unrolled.nn.Cell;
import io.github.unrolled.nn.Mask;
import io.github.unrolled.nn.Module;
import io.github.unrolled.nn.Parameters;
import io.github.unrolled.nn.Sequence;
import io.github.unrolled.nn.State;
import java.util.List;
import java.util.function.Function;

/** What a recurrent layer computes on a tape, whatever its cell: one direction from any state, or both from zeros. */
interface RecurrentModule extends Module {
    /**
     * What comes out.
     *
     * @param outputs {@code [time, batch, features]}
     * @param states the parts of the state after the last step; none where both directions were read
     */
    record Result(Variable outputs, List<Variable> states) {}

    /** Unrolls over a sequence {@code [time, batch, inputSize]} from the parts of a state; none stands for zeros. */
    Result unroll(Tape tape, Variable x, List<Variable> from, Mask mask);

    /** A cell, or two of them reading from both ends. */
    static <S extends State<S>> RecurrentModule of(
            Parameters parameters, boolean bidirectional, Function<Parameters, Cell<S>> maker) {
        if (!bidirectional) {
            return new OneWay<>(maker.apply(parameters));
        }
        Cell<S> forward = maker.apply(parameters.scope("forward"));
        return new BothWays<>(new Bidirectional<>(forward, maker.apply(parameters.scope("backward"))));
    }

    /** A cell. */
    record OneWay<S extends State<S>>(Cell<S> cell) implements RecurrentModule {
        @Override
        public Result unroll(Tape tape, Variable x, List<Variable> from, Mask mask) {
            S zeros = cell.zeroState(tape, x.shape().dim(1));
            Sequence<S> run = cell.unroll(tape, x, from.isEmpty() ? zeros : zeros.withParts(from), mask);
            return new Result(run.outputs(), run.state().parts());
        }

        @Override
        public List<Parameter> parameters() {
            return cell.parameters();
        }
    }

    /** Two cells. */
    record BothWays<S extends State<S>>(Bidirectional<S> cells) implements RecurrentModule {
        @Override
        public Result unroll(Tape tape, Variable x, List<Variable> from, Mask mask) {
            return new Result(cells.unroll(tape, x, mask).outputs(), List.of());
        }

        @Override
        public List<Parameter> parameters() {
            return cells.parameters();
        }
    }
}
