package io.github.unrolled.nn.cell;

import io.github.unrolled.autodiff.Ops;
import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.engine.RecurrentKind;
import io.github.unrolled.nn.Initializer;
import io.github.unrolled.nn.LayerNorm;
import io.github.unrolled.nn.Parameters;
import io.github.unrolled.nn.Step;
import io.github.unrolled.nn.StepFunction;
import io.github.unrolled.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Long short-term memory (Hochreiter and Schmidhuber 1997, with the forget gate of Gers, Schmidhuber and Cummins 2000):
 * i = σ(·), f = σ(·), g = tanh(·), o = σ(·) of x W + h U + b; c' = f c + i g; h' = o tanh(c'); the output is h'.
 *
 * <p>Columns of the weights in the order i, f, g, o. Initial values: W by Glorot and Bengio 2010, U orthogonal, b = 0 but 1
 * for the forget gate (Jozefowicz, Zaremba and Sutskever 2015).
 *
 * <p>Options that leave the fused kernel for single operations: peepholes (i and f see p c, o sees p c'; Gers and
 * Schmidhuber 2000), and layer normalisation of x W, h U and c' (Ba, Kiros and Hinton 2016, equations 20 to 22).
 */
public final class Lstm extends FusedCell<LstmState> {
    private static final int GATES = 4;

    /**
     * Sizes and options.
     *
     * @param inputSize features of x
     * @param hiddenSize features of h and c
     * @param peepholes whether the gates see the memory
     * @param layerNorm whether the gates' inputs and the memory are normalised
     * @param recurrentDropout probability of dropping an element of U for a whole sequence (DropConnect on the recurrent
     *     weights, Merity, Keskar and Socher 2018)
     */
    public record Options(
            int inputSize, int hiddenSize, boolean peepholes, boolean layerNorm, double recurrentDropout) {
        /** No peepholes, no normalisation, no dropout. */
        public Options(int inputSize, int hiddenSize) {
            this(inputSize, hiddenSize, false, false, 0);
        }
    }

    private record Norms(LayerNorm input, LayerNorm hidden, LayerNorm cell) {
        static Norms create(Parameters parameters, int hiddenSize) {
            return new Norms(
                    LayerNorm.create(parameters.scope("normInput"), GATES * hiddenSize),
                    LayerNorm.create(parameters.scope("normHidden"), GATES * hiddenSize),
                    LayerNorm.create(parameters.scope("normCell"), hiddenSize));
        }
    }

    private final Options options;
    /** {@code [3 · hiddenSize]} for i, f, o; empty without peepholes. */
    private final List<Parameter> peephole;

    private final List<Norms> norms;

    /** Makes the cell and its parameters. */
    public Lstm(Parameters parameters, Options options) {
        super(
                RecurrentKind.LSTM,
                parameters,
                options.inputSize,
                options.hiddenSize,
                Initializer.block(GATES, 1, 1),
                options.recurrentDropout);
        this.options = options;
        this.peephole = options.peepholes
                ? List.of(parameters.create("peephole", Shape.of(3 * options.hiddenSize), Initializer.zeros()))
                : List.of();
        this.norms = options.layerNorm ? List.of(Norms.create(parameters, options.hiddenSize)) : List.of();
    }

    @Override
    boolean isFusible() {
        return peephole.isEmpty() && norms.isEmpty();
    }

    @Override
    public List<Parameter> parameters() {
        List<Parameter> all = new ArrayList<>(super.parameters());
        all.addAll(peephole);
        for (Norms norm : norms) {
            all.addAll(norm.input.parameters());
            all.addAll(norm.hidden.parameters());
            all.addAll(norm.cell.parameters());
        }
        return List.copyOf(all);
    }

    @Override
    StepFunction<LstmState> formula(Tape tape, Weights weights) {
        int n = options.hiddenSize;
        List<Variable> peep = peephole.stream()
                .map(tape::use)
                .flatMap(p -> java.util.stream.Stream.of(0, 1, 2).map(i -> Ops.slice(p, i * n, (i + 1) * n)))
                .toList();
        return (x, state) -> {
            Variable gates = preactivations(weights, x, state);
            Variable i = Ops.sigmoid(seeing(Ops.columns(gates, 0, n), peep, 0, state.c()));
            Variable f = Ops.sigmoid(seeing(Ops.columns(gates, n, n), peep, 1, state.c()));
            Variable g = Ops.tanh(Ops.columns(gates, 2 * n, n));
            Variable c = Ops.add(Ops.multiply(f, state.c()), Ops.multiply(i, g));
            Variable o = Ops.sigmoid(seeing(Ops.columns(gates, 3 * n, n), peep, 2, c));
            Variable shown = norms.isEmpty() ? c : norms.get(0).cell.apply(c);
            Variable h = Ops.multiply(o, Ops.tanh(shown));
            return new Step<>(h, new LstmState(h, c));
        };
    }

    private Variable preactivations(Weights weights, Variable x, LstmState state) {
        if (norms.isEmpty()) {
            return Ops.add(Ops.affine(x, weights.input(), weights.bias()), Ops.matmul(state.h(), weights.hidden()));
        }
        Variable fromInput = norms.get(0).input.apply(Ops.matmul(x, weights.input()));
        Variable fromState = norms.get(0).hidden.apply(Ops.matmul(state.h(), weights.hidden()));
        return Ops.add(Ops.add(fromInput, fromState), weights.bias());
    }

    private static Variable seeing(Variable gate, List<Variable> peep, int index, Variable c) {
        return peep.isEmpty() ? gate : Ops.add(gate, Ops.multiply(c, peep.get(index)));
    }

    @Override
    LstmState state(List<Variable> parts) {
        return new LstmState(parts.get(0), parts.get(1));
    }
}
