package io.github.unrolled.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.unrolled.autodiff.Ops;
import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Backends;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.engine.reference.ReferenceBackend;
import io.github.unrolled.model.PyTorchWeights;
import io.github.unrolled.model.SafeTensors;
import io.github.unrolled.nn.cell.Gru;
import io.github.unrolled.nn.cell.Lstm;
import io.github.unrolled.nn.cell.VanillaRnn;
import io.github.unrolled.random.Seed;
import io.github.unrolled.tensor.ElementType;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Cells and layers reproduce what PyTorch 1.13 computed in double: values, final states and every gradient. The loss is
 * sum(y · dy) + sum(hn · dhn) + sum(cn · dcn), as the files say.
 */
final class GoldenCellsTest {
    private static final int INPUT = 6;
    private static final int HIDDEN = 8;
    private static final double DOUBLE = 1e-11;
    private static final double SINGLE = 2e-5;

    /** A golden file in our layout. */
    private record Golden(Map<String, Tensor> tensors, String kind, double tolerance) {
        static Golden read(String name, double tolerance) {
            try (InputStream in = Objects.requireNonNull(
                    Golden.class.getResourceAsStream("/golden/" + name + ".safetensors"), name)) {
                return new Golden(
                        SafeTensors.read(name, in.readAllBytes()).tensors(), name.replaceAll("-.*", ""), tolerance);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        double[] values(String name) {
            return Objects.requireNonNull(tensors.get(name), name).toDoubles();
        }

        /** One layer's part of {@code [layers, batch, hidden]}. */
        double[] layer(String name, int index) {
            return Objects.requireNonNull(tensors.get(name), name).step(index).toDoubles();
        }

        /** The gradient of a weight, [gates · hidden, in] in PyTorch, as ours: [in, gates · hidden]. */
        double[] weight(String name) {
            Tensor theirs = Objects.requireNonNull(tensors.get(name), name);
            int width = theirs.shape().dim(0);
            int in = theirs.shape().dim(1);
            double[] from = theirs.toDoubles();
            double[] ours = new double[from.length];
            for (int r = 0; r < width; r++) {
                for (int c = 0; c < in; c++) {
                    ours[c * width + ourRow(r)] = from[r * in + c];
                }
            }
            return ours;
        }

        /** PyTorch orders a GRU's gates r, z, n; ours are u = z, r, o = n. */
        private int ourRow(int row) {
            if (!kind.equals("gru")) {
                return row;
            }
            int gate = row / HIDDEN;
            return (gate == 0 ? 1 : gate == 1 ? 0 : 2) * HIDDEN + row % HIDDEN;
        }

        double[] biasGradient(String suffix) {
            double[] input = values("grad.bias_ih_" + suffix);
            double[] hidden = values("grad.bias_hh_" + suffix);
            boolean gru = kind.equals("gru");
            double[] ours = new double[input.length + (gru ? HIDDEN : 0)];
            for (int r = 0; r < input.length; r++) {
                ours[ourRow(r)] = input[r];
                if (gru && r >= 2 * HIDDEN) {
                    ours[r + HIDDEN] = hidden[r];
                }
            }
            return ours;
        }

        void assertEqual(Tensor found, double[] expected, String what) {
            assertThat(found.toDoubles()).as(what).containsExactly(expected, within(tolerance));
        }
    }

    private static Cell<?> cell(String name, Parameters parameters, int in) {
        if (name.startsWith("lstm")) {
            return new Lstm(parameters, new Lstm.Options(in, HIDDEN));
        }
        if (name.startsWith("gru")) {
            return new Gru(parameters, new Gru.Options(in, HIDDEN));
        }
        VanillaRnn.Activation f = name.startsWith("rnn-relu") ? VanillaRnn.Activation.RELU : VanillaRnn.Activation.TANH;
        return new VanillaRnn(parameters, new VanillaRnn.Options(in, HIDDEN, f, 0));
    }

    private static void load(Golden golden, Cell<?> cell, String suffix) {
        PyTorchWeights.load(golden.tensors, "", suffix, cell);
    }

    private static void assertGradients(Golden golden, Tape tape, Cell<?> cell, String suffix) {
        List<Parameter> p = cell.parameters();
        golden.assertEqual(tape.gradient(p.get(0)), golden.weight("grad.weight_ih_" + suffix), "weight_ih_" + suffix);
        golden.assertEqual(tape.gradient(p.get(1)), golden.weight("grad.weight_hh_" + suffix), "weight_hh_" + suffix);
        golden.assertEqual(tape.gradient(p.get(2)), golden.biasGradient(suffix), "bias_" + suffix);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rnn-tanh", "rnn-relu", "lstm", "gru"})
    void twoLayersInDouble(String name) {
        twoLayers(Golden.read(name, DOUBLE), name, new ReferenceBackend(ElementType.FLOAT64));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rnn-tanh", "rnn-relu", "lstm", "gru"})
    void twoLayersOnTheFastEngine(String name) {
        twoLayers(Golden.read(name, SINGLE), name, Backends.named("onednn"));
    }

    private static void twoLayers(Golden golden, String name, Backend backend) {
        Parameters parameters = new Parameters(backend, new Seed(1));
        Cell<?> first = cell(name, parameters.scope("0"), INPUT);
        Cell<?> second = cell(name, parameters.scope("1"), HIDDEN);
        load(golden, first, "l0");
        load(golden, second, "l1");
        try (Stacked stack = new Stacked(List.of(first, second), 0);
                Engine engine = backend.newEngine(1);
                Tape tape = Tape.recording(engine)) {
            Variable x = source(tape, golden.values("x"), 6, 3, INPUT);
            List<String> parts = name.equals("lstm") ? List.of("h", "c") : List.of("h");
            List<Variable> initial = new ArrayList<>();
            for (int layer = 0; layer < 2; layer++) {
                for (String part : parts) {
                    initial.add(source(tape, golden.layer(part + "0", layer), 3, HIDDEN));
                }
            }
            Sequence<StackedState> run =
                    stack.unroll(tape, x, stack.zeroState(tape, 3).withParts(initial));
            golden.assertEqual(run.outputs().value(), golden.values("y"), "y");
            Variable loss = weighted(tape, run.outputs(), golden.values("dy"));
            List<Variable> last = run.state().parts();
            for (int i = 0; i < last.size(); i++) {
                String part = parts.get(i % parts.size());
                golden.assertEqual(last.get(i).value(), golden.layer(part + "n", i / parts.size()), part + "n");
                loss = Ops.add(loss, weighted(tape, last.get(i), golden.layer("d" + part + "n", i / parts.size())));
            }
            tape.backward(loss);
            golden.assertEqual(x.gradient(), golden.values("grad.x"), "grad.x");
            for (int i = 0; i < initial.size(); i++) {
                String part = parts.get(i % parts.size());
                golden.assertEqual(
                        initial.get(i).gradient(), golden.layer("grad." + part + "0", i / parts.size()), part + "0");
            }
            assertGradients(golden, tape, first, "l0");
            assertGradients(golden, tape, second, "l1");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"rnn-tanh-bidirectional", "rnn-relu-bidirectional", "lstm-bidirectional", "gru-bidirectional"})
    void bothDirectionsInDouble(String name) {
        Backend backend = new ReferenceBackend(ElementType.FLOAT64);
        Parameters parameters = new Parameters(backend, new Seed(1));
        bothDirections(
                Golden.read(name, DOUBLE),
                backend,
                cell(name, parameters.scope("forward"), INPUT),
                cell(name, parameters.scope("backward"), INPUT));
    }

    @SuppressWarnings("unchecked") // both cells were made by one method from one name
    private static <S extends State<S>> void bothDirections(
            Golden golden, Backend backend, Cell<S> forward, Cell<?> other) {
        Cell<S> backward = (Cell<S>) other;
        load(golden, forward, "l0");
        load(golden, backward, "l0_reverse");
        List<String> parts = golden.kind.equals("lstm") ? List.of("h", "c") : List.of("h");
        try (Bidirectional<S> layer = new Bidirectional<>(forward, backward);
                Engine engine = backend.newEngine(1);
                Tape tape = Tape.recording(engine)) {
            Variable x = source(tape, golden.values("x"), 6, 3, INPUT);
            List<List<Variable>> initial = new ArrayList<>();
            for (int direction = 0; direction < 2; direction++) {
                List<Variable> states = new ArrayList<>();
                for (String part : parts) {
                    states.add(source(tape, golden.layer(part + "0", direction), 3, HIDDEN));
                }
                initial.add(states);
            }
            Bidirectional.Result<S> run = layer.unroll(
                    tape,
                    x,
                    forward.zeroState(tape, 3).withParts(initial.get(0)),
                    backward.zeroState(tape, 3).withParts(initial.get(1)),
                    Mask.none());
            golden.assertEqual(run.outputs().value(), golden.values("y"), "y");
            Variable loss = weighted(tape, run.outputs(), golden.values("dy"));
            List<S> last = List.of(run.forward(), run.backward());
            for (int direction = 0; direction < 2; direction++) {
                for (int i = 0; i < parts.size(); i++) {
                    Variable state = last.get(direction).parts().get(i);
                    golden.assertEqual(state.value(), golden.layer(parts.get(i) + "n", direction), "last");
                    loss = Ops.add(loss, weighted(tape, state, golden.layer("d" + parts.get(i) + "n", direction)));
                }
            }
            tape.backward(loss);
            golden.assertEqual(x.gradient(), golden.values("grad.x"), "grad.x");
            for (int direction = 0; direction < 2; direction++) {
                for (int i = 0; i < parts.size(); i++) {
                    golden.assertEqual(
                            initial.get(direction).get(i).gradient(),
                            golden.layer("grad." + parts.get(i) + "0", direction),
                            parts.get(i) + "0");
                }
            }
            assertGradients(golden, tape, forward, "l0");
            assertGradients(golden, tape, backward, "l0_reverse");
        }
    }

    @org.junit.jupiter.api.Test
    void layerNormInDouble() {
        Golden golden = Golden.read("layer-norm", DOUBLE);
        Backend backend = new ReferenceBackend(ElementType.FLOAT64);
        try (LayerNorm norm = LayerNorm.create(new Parameters(backend, new Seed(1)), 7);
                Engine engine = backend.newEngine(1);
                Tape tape = Tape.recording(engine)) {
            norm.gain().value().set(golden.values("w"));
            norm.bias().value().set(golden.values("b"));
            Variable x = source(tape, golden.values("x"), 5, 7);
            Variable y = norm.apply(x);
            golden.assertEqual(y.value(), golden.values("y"), "y");
            tape.backward(weighted(tape, y, golden.values("dy")));
            golden.assertEqual(x.gradient(), golden.values("grad.x"), "grad.x");
            golden.assertEqual(tape.gradient(norm.gain()), golden.values("grad.w"), "grad.w");
            golden.assertEqual(tape.gradient(norm.bias()), golden.values("grad.b"), "grad.b");
        }
    }

    @org.junit.jupiter.api.Test
    void crossEntropyInDouble() {
        Golden golden = Golden.read("cross-entropy", DOUBLE);
        Backend backend = new ReferenceBackend(ElementType.FLOAT64);
        try (Engine engine = backend.newEngine(1);
                Tape tape = Tape.recording(engine)) {
            Variable x = source(tape, golden.values("x"), 11, 5);
            int[] targets = java.util.Arrays.stream(golden.values("target"))
                    .mapToInt(value -> (int) value)
                    .toArray();
            Tensor weights = tape.allocate(Shape.of(11)).fill(1);
            Variable loss = Ops.softmaxCrossEntropy(x, targets, weights);
            assertThat(loss.value().scalar() / 11).isCloseTo(golden.values("y")[0], within(DOUBLE));
            tape.backward(loss, golden.values("dy")[0] / 11);
            golden.assertEqual(x.gradient(), golden.values("grad.x"), "grad.x");
        }
    }

    private static Variable source(Tape tape, double[] values, int... dims) {
        return tape.source(tape.allocate(Shape.of(dims)).set(values));
    }

    private static Variable weighted(Tape tape, Variable x, double[] weights) {
        return Ops.sum(Ops.multiply(x, tape.constant(tape.allocate(x.shape()).set(weights))));
    }
}
