package io.github.unrolled.examples;

import static io.github.unrolled.autodiff.Ops.add;
import static io.github.unrolled.autodiff.Ops.matmul;
import static io.github.unrolled.autodiff.Ops.multiply;
import static io.github.unrolled.autodiff.Ops.oneMinus;
import static io.github.unrolled.autodiff.Ops.sigmoid;
import static io.github.unrolled.autodiff.Ops.tanh;

import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.nn.Cell;
import io.github.unrolled.nn.Initializer;
import io.github.unrolled.nn.Linear;
import io.github.unrolled.nn.Parameters;
import io.github.unrolled.nn.Step;
import io.github.unrolled.nn.StepFunction;
import io.github.unrolled.nn.cell.HiddenState;
import io.github.unrolled.tensor.Shape;
import java.util.List;
import java.util.stream.Stream;

/**
 * A cell of one's own, written as a step function: the minimal gated unit (Zhou et al. 2016) with f = σ(x Wf + h Uf + bf) and
 * h' = (1 - f) h + f tanh(x Wh + (f h) Uh + bh). Unrolling, truncation, masks, stacking and training need nothing more.
 *
 * @param forgetInput Wf and bf
 * @param forgetHidden Uf
 * @param candidateInput Wh and bh
 * @param candidateHidden Uh
 */
public record MinimalGatedUnit(
        Linear forgetInput, Parameter forgetHidden, Linear candidateInput, Parameter candidateHidden)
        implements Cell<HiddenState> {

    /** A cell with initial values. */
    public static MinimalGatedUnit create(Parameters p, int in, int hidden) {
        Shape square = Shape.of(hidden, hidden);
        return new MinimalGatedUnit(
                Linear.create(p.scope("forget"), in, hidden),
                p.create("forgetHidden", square, Initializer.orthogonal(1)),
                Linear.create(p.scope("candidate"), in, hidden),
                p.create("candidateHidden", square, Initializer.orthogonal(1)));
    }

    // snippet: cell
    @Override
    public StepFunction<HiddenState> bind(Tape tape) {
        Variable uf = tape.use(forgetHidden);
        Variable uh = tape.use(candidateHidden);
        return (x, state) -> {
            Variable h = state.h();
            Variable f = sigmoid(add(forgetInput.apply(x), matmul(h, uf)));
            Variable candidate = tanh(add(candidateInput.apply(x), matmul(multiply(f, h), uh)));
            Variable next = add(multiply(oneMinus(f), h), multiply(f, candidate));
            return new Step<>(next, new HiddenState(next));
        };
    }
    // end of snippet

    @Override
    public HiddenState zeroState(Tape tape, Shape places) {
        return new HiddenState(tape.constant(tape.zeros(places.append(outputSize()))));
    }

    @Override
    public int inputSize() {
        return forgetInput.weight().shape().dim(0);
    }

    @Override
    public int outputSize() {
        return forgetHidden.shape().dim(0);
    }

    @Override
    public List<Parameter> parameters() {
        return Stream.of(
                        forgetInput.parameters(),
                        List.of(forgetHidden),
                        candidateInput.parameters(),
                        List.of(candidateHidden))
                .flatMap(List::stream)
                .toList();
    }
}
