package io.github.unrolled.nn;

import io.github.unrolled.autodiff.Ops;
import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Cells on top of each other, each reading the outputs of the one below, as one cell. Over a sequence the layers run one
 * after the other, so that each can use its fused kernel. Between layers, never over time, lies variational dropout: the
 * same units at every step of a sequence (Gal and Ghahramani 2016).
 */
public final class Stacked implements Cell<StackedState> {
    private final List<Layer<?>> layers;
    private final double dropout;

    /**
     * A stack.
     *
     * @param cells bottom first, at least one
     * @param dropout probability of dropping a unit between two layers, in [0, 1)
     * @throws IllegalArgumentException if a cell does not read what the one below gives
     */
    public Stacked(List<? extends Cell<?>> cells, double dropout) {
        if (cells.isEmpty()) {
            throw new IllegalArgumentException("a stack has at least one cell");
        }
        for (int i = 1; i < cells.size(); i++) {
            if (cells.get(i).inputSize() != cells.get(i - 1).outputSize()) {
                throw new IllegalArgumentException(
                        "layer " + i + " reads " + cells.get(i).inputSize() + " features, layer " + (i - 1) + " gives "
                                + cells.get(i - 1).outputSize());
            }
        }
        this.layers = cells.stream().<Layer<?>>map(Layer::of).toList();
        this.dropout = dropout;
    }

    /** The cells, bottom first. */
    public List<Cell<?>> cells() {
        return layers.stream().<Cell<?>>map(Layer::cell).toList();
    }

    /** Keeps a cell together with the type of its state. */
    private record Layer<S extends State<S>>(Cell<S> cell) {
        static <S extends State<S>> Layer<S> of(Cell<S> cell) {
            return new Layer<>(cell);
        }

        StepFunction<State<?>> bind(Tape tape) {
            StepFunction<S> function = cell.bind(tape);
            return (x, state) -> {
                Step<S> step = function.step(x, own(tape, x.shape().withoutColumns(), state));
                return new Step<>(step.output(), step.state());
            };
        }

        Sequence<State<?>> unroll(Tape tape, Variable x, State<?> state, Mask mask) {
            Sequence<S> run = cell.unroll(tape, x, own(tape, x.shape().inner().withoutColumns(), state), mask);
            return new Sequence<>(run.outputs(), run.state());
        }

        Sequence<State<?>> unrollTokens(Tape tape, Embedding embedding, int[] tokens, int time, State<?> state) {
            Shape places = Shape.of(tokens.length / time);
            Sequence<S> run = cell.unrollTokens(tape, embedding, tokens, time, own(tape, places, state));
            return new Sequence<>(run.outputs(), run.state());
        }

        /** A state of this cell's type with the parts of one that is known to be of it. */
        private S own(Tape tape, Shape places, State<?> state) {
            return cell.zeroState(tape, places).withParts(state.parts());
        }
    }

    @Override
    public int inputSize() {
        return layers.get(0).cell.inputSize();
    }

    @Override
    public int outputSize() {
        return layers.get(layers.size() - 1).cell.outputSize();
    }

    @Override
    public List<String> axes() {
        return layers.get(0).cell.axes();
    }

    @Override
    public StackedState zeroState(Tape tape, Shape places) {
        return new StackedState(layers.stream()
                .<State<?>>map(layer -> layer.cell.zeroState(tape, places))
                .toList());
    }

    @Override
    public StepFunction<StackedState> bind(Tape tape) {
        List<StepFunction<State<?>>> functions =
                layers.stream().map(layer -> layer.bind(tape)).toList();
        // One mask per layer border, drawn at the first step, when the batch is known.
        List<Variable> masks = new ArrayList<>();
        return (x, state) -> {
            Variable current = x;
            List<State<?>> states = new ArrayList<>();
            for (int i = 0; i < functions.size(); i++) {
                if (i > 0 && dropout > 0 && tape.isRecording()) {
                    if (masks.size() < i) {
                        Variable ones =
                                tape.constant(tape.allocate(current.shape()).fill(1));
                        masks.add(Ops.dropout(ones, dropout, current.shape()));
                    }
                    current = Ops.multiply(current, masks.get(i - 1));
                }
                Step<State<?>> step =
                        functions.get(i).step(current, state.layers().get(i));
                current = step.output();
                states.add(step.state());
            }
            return new Step<>(current, new StackedState(states));
        };
    }

    @Override
    public Sequence<StackedState> unroll(Tape tape, Variable x, StackedState state, Mask mask) {
        Sequence<State<?>> first = layers.get(0).unroll(tape, x, state.layers().get(0), mask);
        return above(tape, first, state, mask);
    }

    @Override
    public Sequence<StackedState> unrollTokens(
            Tape tape, Embedding embedding, int[] tokens, int time, StackedState state) {
        Sequence<State<?>> first = layers.get(0)
                .unrollTokens(tape, embedding, tokens, time, state.layers().get(0));
        return above(tape, first, state, Mask.none());
    }

    private Sequence<StackedState> above(Tape tape, Sequence<State<?>> first, StackedState state, Mask mask) {
        List<State<?>> states = new ArrayList<>(List.of(first.state()));
        Variable current = first.outputs();
        for (int i = 1; i < layers.size(); i++) {
            Shape perUnit = current.shape().withOuter(1);
            current = Ops.dropout(current, dropout, perUnit);
            Sequence<State<?>> next =
                    layers.get(i).unroll(tape, current, state.layers().get(i), mask);
            states.add(next.state());
            current = next.outputs();
        }
        return new Sequence<>(current, new StackedState(states));
    }

    @Override
    public Stepper stepper(Engine engine, Shape places) {
        return new StackedStepper(
                layers.stream().map(layer -> layer.cell.stepper(engine, places)).toList());
    }

    @Override
    public List<Parameter> parameters() {
        return layers.stream()
                .flatMap(layer -> layer.cell.parameters().stream())
                .toList();
    }
}
