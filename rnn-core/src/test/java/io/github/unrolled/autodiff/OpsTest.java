package io.github.unrolled.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Backends;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.engine.reference.ReferenceBackend;
import io.github.unrolled.random.Seed;
import io.github.unrolled.tensor.ElementType;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.ShapeException;
import io.github.unrolled.tensor.Tensor;
import io.github.unrolled.testing.GradientCheck;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The gradient of every operation equals central differences, in double. */
final class OpsTest {
    /** Three sources of shape [4, 3], [4, 3] and [3], and one [3, 2]. */
    private record Inputs(Variable a, Variable b, Variable row, Variable matrix) {}

    private static final Map<String, Function<Inputs, Variable>> CASES = new LinkedHashMap<>();

    static {
        CASES.put("add", in -> Ops.add(Ops.add(in.a, in.b), in.row));
        CASES.put("subtract", in -> Ops.subtract(Ops.subtract(in.a, in.b), in.row));
        CASES.put("multiply", in -> Ops.multiply(Ops.multiply(in.a, in.b), in.row));
        CASES.put("scale", in -> Ops.scale(in.a, -1.5, 0.3));
        CASES.put("oneMinus", in -> Ops.oneMinus(in.a));
        CASES.put("tanh", in -> Ops.tanh(in.a));
        CASES.put("sigmoid", in -> Ops.sigmoid(in.a));
        CASES.put("relu", in -> Ops.relu(in.a));
        CASES.put("exp", in -> Ops.exp(in.a));
        CASES.put("sqrt", in -> Ops.sqrt(Ops.add(Ops.multiply(in.a, in.a), Ops.exp(in.b))));
        CASES.put("unary", in -> Ops.unary(io.github.unrolled.engine.Unary.TANH, in.a));
        CASES.put("matmul", in -> Ops.matmul(in.a, in.matrix));
        CASES.put("affine", in -> Ops.affine(in.a, in.matrix, Ops.slice(in.row, 0, 2)));
        CASES.put("reshape", in -> Ops.tanh(Ops.reshape(in.a, Shape.of(2, 6))));
        CASES.put("step", in -> Ops.multiply(Ops.step(in.a, 2), in.row));
        CASES.put("slice", in -> Ops.multiply(Ops.slice(in.a, 1, 3), Ops.slice(in.b, 0, 2)));
        CASES.put("stack", in -> Ops.stack(List.of(in.a, Ops.tanh(in.b), in.a)));
        CASES.put("columns", in -> Ops.multiply(Ops.columns(in.a, 1, 2), Ops.columns(in.b, 0, 2)));
        CASES.put("concat", in -> Ops.concat(List.of(in.a, Ops.tanh(in.b), in.a)));
        CASES.put("reverse", in -> Ops.multiply(Ops.reverse(in.a), in.b));
        CASES.put("select", in -> Ops.select(mask(in.a.tape()), Ops.tanh(in.a), in.b));
        CASES.put("sum", in -> Ops.multiply(Ops.sum(in.a), Ops.sum(in.b)));
        CASES.put("sumTo", in -> Ops.multiply(Ops.sumTo(in.a, Shape.of(4, 1)), Ops.sumTo(in.b, Shape.of(4, 1))));
        CASES.put("mean", in -> Ops.mean(Ops.multiply(in.a, in.b)));
        CASES.put(
                "softmaxCrossEntropy",
                in -> Ops.softmaxCrossEntropy(in.a, new int[] {0, 2, -1, 1}, weights(in.a.tape())));
        CASES.put("gather", in -> Ops.gather(in.a, new int[] {3, 0, 3, 1}));
        CASES.put("sumRows", in -> Ops.multiply(Ops.sumRows(in.a, new int[] {2, 0, 2, 4}, 5), in.row));
        CASES.put("layerNorm", in -> Ops.layerNorm(in.a, in.row, Ops.step(in.b, 0), 1e-3));
        // The generator is begun anew for every evaluation, so the mask is the same.
        CASES.put("dropout", in -> Ops.dropout(in.a, 0.4, Shape.of(1, 3)));
        CASES.put("detach", in -> Ops.multiply(in.a, Ops.detach(in.row)));
    }

    private static Tensor mask(Tape tape) {
        return tape.allocate(Shape.of(4)).set(1d, 0d, 0d, 1d);
    }

    private static Tensor weights(Tape tape) {
        return tape.allocate(Shape.of(4)).set(1d, 0.5, 0d, 2d);
    }

    /** What is computed without recording has no gradient, and takes none from what is recorded around it. */
    @Test
    void withoutRecordingNothingFlows() {
        Backend backend = new ReferenceBackend(ElementType.FLOAT64);
        try (Engine engine = backend.newEngine(1);
                Tape tape = Tape.recording(engine)) {
            Parameter p =
                    new Parameter("p", Tensor.allocate(backend, Shape.of(1)).set(3d));
            Variable aside = tape.withoutRecording(() -> {
                assertThat(tape.isRecording()).isFalse();
                return Ops.multiply(tape.use(p), tape.use(p));
            });
            Variable loss = Ops.multiply(tape.use(p), aside);
            tape.backward(loss);
            assertThat(loss.value().scalar()).isEqualTo(27);
            assertThat(tape.gradient(p).scalar()).isEqualTo(9);
            p.close();
        }
    }

    static Stream<String> operations() {
        return CASES.keySet().stream().filter(name -> !name.equals("detach"));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void gradientEqualsDifferences(String operation) {
        Backend backend = new ReferenceBackend(ElementType.FLOAT64);
        RandomGenerator random = new Seed(4).generator();
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("a", random(backend, random, 4, 3));
        tensors.put("b", random(backend, random, 4, 3));
        tensors.put("row", random(backend, random, 3));
        tensors.put("matrix", random(backend, random, 3, 2));
        Map<String, Variable> sources = new LinkedHashMap<>();
        try (Engine engine = backend.newEngine(1);
                Tape tape = Tape.recording(engine)) {
            GradientCheck.check(
                    tape,
                    t -> {
                        t.reset(new Seed(5).generator());
                        tensors.forEach((name, tensor) -> sources.put(name, t.source(tensor)));
                        Inputs in = new Inputs(
                                source(sources, "a"),
                                source(sources, "b"),
                                source(sources, "row"),
                                source(sources, "matrix"));
                        return GradientCheck.mixed(
                                List.of(CASES.getOrDefault(operation, x -> x.a).apply(in)));
                    },
                    name -> source(sources, name).gradient(),
                    tensors);
        }
    }

    private static Variable source(Map<String, Variable> sources, String name) {
        return java.util.Objects.requireNonNull(sources.get(name), name);
    }

    private static Tensor random(Backend backend, RandomGenerator random, int... dims) {
        Tensor tensor = Tensor.allocate(backend, Shape.of(dims));
        return tensor.set(random.doubles(tensor.elements(), -1.2, 1.2).toArray());
    }

    @Test
    void noOperationIsForgotten() {
        TreeSet<String> operations = Arrays.stream(Ops.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(new TreeSet<>(CASES.keySet())).isEqualTo(operations);
    }

    @Test
    void detachedValuesGetNoGradient() {
        Backend backend = new ReferenceBackend(ElementType.FLOAT64);
        try (Engine engine = backend.newEngine(1);
                Tape tape = Tape.recording(engine)) {
            Variable x = tape.source(tape.allocate(Shape.of(2)).set(3d, 4d));
            tape.backward(Ops.sum(Ops.multiply(x, Ops.detach(x))));
            // d(x · const)/dx, not 2x.
            assertThat(x.gradient().toDoubles()).containsExactly(3, 4);
        }
    }

    @Test
    void aParameterUsedTwiceGetsBothContributions() {
        Backend backend = new ReferenceBackend(ElementType.FLOAT64);
        try (Engine engine = backend.newEngine(1);
                Tape tape = Tape.recording(engine);
                Parameter w =
                        new Parameter("w", Tensor.allocate(backend, Shape.of(1)).set(3d))) {
            tape.backward(Ops.multiply(tape.use(w), tape.use(w)));
            assertThat(tape.gradient(w).scalar()).isEqualTo(6);
            tape.reset();
            assertThat(tape.gradient(w).scalar())
                    .as("a new step begins with no gradient")
                    .isZero();
        }
    }

    @Test
    void dropoutKeepsTheMeanAndRepeatsItsMaskOverTime() {
        Backend backend = Backends.named("onednn");
        try (Engine engine = backend.newEngine(1);
                Tape tape = Tape.recording(engine)) {
            tape.reset(new Seed(8).generator());
            Variable x = tape.source(tape.allocate(Shape.of(3, 100, 200)).fill(1));
            float[] y = Ops.dropout(x, 0.3, Shape.of(1, 100, 200)).value().toFloats();
            int step = 100 * 200;
            assertThat(Arrays.copyOfRange(y, step, 2 * step)).isEqualTo(Arrays.copyOf(y, step));
            double mean = 0;
            int dropped = 0;
            for (int i = 0; i < step; i++) {
                mean += y[i] / step;
                dropped += y[i] == 0 ? 1 : 0;
            }
            // Four standard deviations of 20,000 draws.
            assertThat(dropped / (double) step).isBetween(0.3 - 0.013, 0.3 + 0.013);
            assertThat(mean).isBetween(0.98, 1.02);
        }
    }

    @Test
    void dropoutWithoutRandomNumbersIsAnError() {
        Backend backend = Backends.named("onednn");
        try (Engine engine = backend.newEngine(1);
                Tape tape = Tape.recording(engine)) {
            tape.reset();
            Variable x = tape.source(tape.zeros(Shape.of(2, 2)));
            assertThatThrownBy(() -> Ops.dropout(x, 0.5, x.shape()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Tape.reset(RandomGenerator)");
        }
    }

    @Test
    void aTensorOfAnEarlierStepThrowsInsteadOfLying() {
        Backend backend = Backends.named("onednn");
        try (Engine engine = backend.newEngine(1);
                Tape tape = Tape.inference(engine)) {
            Variable old = tape.constant(tape.zeros(Shape.of(2, 2)));
            tape.reset();
            assertThatThrownBy(() -> old.value().toFloats())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("used after its arena");
        }
    }

    @Test
    void shapesThatDoNotFitAreNamed() {
        Backend backend = Backends.named("onednn");
        try (Engine engine = backend.newEngine(1);
                Tape tape = Tape.inference(engine)) {
            Variable x = tape.constant(tape.zeros(Shape.of(2, 3)));
            Variable w = tape.constant(tape.zeros(Shape.of(4, 5)));
            assertThatThrownBy(() -> Ops.matmul(x, w))
                    .isInstanceOf(ShapeException.class)
                    .hasMessageContaining("[2, 3]")
                    .hasMessageContaining("[4, 5]");
        }
    }
}
