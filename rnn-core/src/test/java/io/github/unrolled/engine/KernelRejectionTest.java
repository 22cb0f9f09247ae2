package io.github.unrolled.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.ShapeException;
import io.github.unrolled.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Arguments that do not fit are refused in one sentence, the same on every engine, before anything is written. */
final class KernelRejectionTest {
    private static final double UNTOUCHED = 0.25;
    private static final AdamStep STEP = new AdamStep(0.1, 0.9, 0.99, 1e-8, 0, 0.1, 0.01, 1);

    /** Makes tensors of a shape, all filled with the same value. */
    private record Maker(KernelCalls.Owner owner) {
        Tensor t(int... dims) {
            return owner.filled(Shape.of(dims), UNTOUCHED);
        }
    }

    private record Bad(String kernel, String message, BiConsumer<Engine, Maker> call) {
        @Override
        public String toString() {
            return kernel + ": " + message;
        }
    }

    private static final List<Bad> CASES = new ArrayList<>();

    private static void bad(String kernel, String message, BiConsumer<Engine, Maker> call) {
        CASES.add(new Bad(kernel, message, call));
    }

    static {
        bad("copy", "the target has 5 elements, expected 6", (e, m) -> e.copy(m.t(2, 3), m.t(5), false));
        bad("copyColumns", "different numbers of rows", (e, m) -> e.copyColumns(m.t(2, 3), 0, m.t(3, 3), 0, 1, false));
        bad("copyColumns", "do not exist", (e, m) -> e.copyColumns(m.t(2, 3), 2, m.t(2, 3), 0, 2, false));
        bad("copyColumns", "do not exist", (e, m) -> e.copyColumns(m.t(2, 3), 0, m.t(2, 3), -1, 1, false));
        bad(
                "copyColumns",
                "do not exist",
                (e, m) -> e.copyColumns(m.t(2, 3), 1, m.t(2, 3), 1, Integer.MAX_VALUE, false));
        bad("reverse", "expected [2, 3]", (e, m) -> e.reverse(m.t(2, 3), m.t(3, 2), false));
        bad("reverse", "is a scalar", (e, m) -> e.reverse(m.t(), m.t(), false));
        bad("select", "does not have one element per row", (e, m) -> e.select(m.t(4), m.t(2, 3), m.t(2, 3), m.t(2, 3)));
        bad("select", "expected [2, 3]", (e, m) -> e.select(m.t(2), m.t(2, 3), m.t(3, 2), m.t(2, 3)));
        bad("unary", "has 5 elements, expected 6", (e, m) -> e.unary(Unary.TANH, m.t(6), m.t(5)));
        bad("unaryBackward", "dy has 5 elements", (e, m) -> e.unaryBackward(Unary.TANH, m.t(6), m.t(5), m.t(6), false));
        bad("unaryBackward", "dx has 5 elements", (e, m) -> e.unaryBackward(Unary.TANH, m.t(6), m.t(6), m.t(5), false));
        bad(
                "binary",
                "[2] does not fit into [2, 3]",
                (e, m) -> e.binary(Binary.ADD, m.t(2, 3), m.t(2), m.t(2, 3), false));
        bad(
                "binary",
                "[2, 2, 3] does not fit into [2, 3]",
                (e, m) -> e.binary(Binary.ADD, m.t(2, 3), m.t(2, 2, 3), m.t(2, 3), false));
        bad("binary", "expected [2, 3]", (e, m) -> e.binary(Binary.ADD, m.t(2, 3), m.t(3), m.t(3, 2), false));
        bad("scale", "has 5 elements, expected 6", (e, m) -> e.scale(m.t(6), 1, 0, m.t(5), false));
        bad("sum", "[2] does not fit into [2, 3]", (e, m) -> e.sum(m.t(2, 3), m.t(2), false));
        bad(
                "matmul",
                "[2, 3] times [2, 3] does not give [2, 3]",
                (e, m) -> e.matmul(m.t(2, 3), false, m.t(2, 3), false, m.t(2, 3), false));
        bad(
                "matmul",
                "[2, 3] transposed times [2, 4] does not give [4, 3]",
                (e, m) -> e.matmul(m.t(2, 3), true, m.t(2, 4), false, m.t(4, 3), false));
        bad("affine", "expected [.., 4]", (e, m) -> e.affine(m.t(2, 3), m.t(4, 5), m.t(5), m.t(2, 5)));
        bad("affine", "the bias has 4 elements", (e, m) -> e.affine(m.t(2, 3), m.t(3, 5), m.t(4), m.t(2, 5)));
        bad("affine", "expected [2, 5]", (e, m) -> e.affine(m.t(2, 3), m.t(3, 5), m.t(5), m.t(5, 2)));
        bad("affine", "is a scalar", (e, m) -> e.affine(m.t(), m.t(1, 5), m.t(5), m.t(5)));
        bad("gather", "index 4 in place 1", (e, m) -> e.gather(m.t(4, 3), new int[] {0, 4}, m.t(2, 3)));
        bad("gather", "3 indices", (e, m) -> e.gather(m.t(4, 3), new int[3], m.t(2, 3)));
        bad("gather", "a row has 2 elements", (e, m) -> e.gather(m.t(4, 3), new int[2], m.t(2, 2)));
        bad("scatterAdd", "index -1 in place 0", (e, m) -> e.scatterAdd(m.t(2, 3), new int[] {-1, 0}, m.t(4, 3)));
        bad("scatterAdd", "1 indices", (e, m) -> e.scatterAdd(m.t(2, 3), new int[1], m.t(4, 3)));
        bad("scatterAdd", "a row has 3 elements", (e, m) -> e.scatterAdd(m.t(2, 3), new int[2], m.t(4, 5)));
        bad("oneHot", "index 3 in place 1", (e, m) -> e.oneHot(new int[] {0, 3}, m.t(2, 3)));
        bad("oneHot", "3 indices", (e, m) -> e.oneHot(new int[3], m.t(2, 3)));
        bad(
                "layerNorm",
                "the gain has 2 elements",
                (e, m) -> e.layerNorm(m.t(2, 3), m.t(2), m.t(3), 0.1, m.t(2, 3), m.t(2, 2)));
        bad(
                "layerNorm",
                "the statistics is [2, 3], expected [2, 2]",
                (e, m) -> e.layerNorm(m.t(2, 3), m.t(3), m.t(3), 0.1, m.t(2, 3), m.t(2, 3)));
        bad(
                "layerNormBackward",
                "a vector has 2 elements",
                (e, m) -> e.layerNormBackward(m.t(2, 3), m.t(3), 0.1, m.t(2, 2), m.t(2, 3), m.t(2, 3), m.t(3), m.t(2)));
        bad(
                "layerNormBackward",
                "dx is [3, 2]",
                (e, m) -> e.layerNormBackward(m.t(2, 3), m.t(3), 0.1, m.t(2, 2), m.t(2, 3), m.t(3, 2), m.t(3), m.t(3)));
        bad("softmax", "expected [2, 3]", (e, m) -> e.softmax(m.t(2, 3), m.t(3, 2)));
        bad(
                "softmaxCrossEntropy",
                "target 3 in place 0",
                (e, m) -> e.softmaxCrossEntropy(m.t(2, 3), new int[] {3, 0}, m.t(2), m.t(2, 3), m.t(1)));
        bad(
                "softmaxCrossEntropy",
                "1 weights",
                (e, m) -> e.softmaxCrossEntropy(m.t(2, 3), new int[2], m.t(1), m.t(2, 3), m.t(1)));
        bad(
                "softmaxCrossEntropy",
                "the loss has 2 elements",
                (e, m) -> e.softmaxCrossEntropy(m.t(2, 3), new int[2], m.t(2), m.t(2, 3), m.t(2)));
        bad(
                "softmaxCrossEntropyBackward",
                "target -1 in place 1",
                (e, m) ->
                        e.softmaxCrossEntropyBackward(m.t(2, 3), new int[] {0, -1}, m.t(2), m.t(1), m.t(2, 3), false));
        bad(
                "softmaxCrossEntropyBackward",
                "dLogits is [3, 2]",
                (e, m) -> e.softmaxCrossEntropyBackward(m.t(2, 3), new int[2], m.t(2), m.t(1), m.t(3, 2), false));
        bad("adamW", "has 5 elements, expected 6", (e, m) -> e.adamW(m.t(6), STEP, m.t(6), m.t(6), m.t(5)));
        bad("sgd", "has 5 elements, expected 6", (e, m) -> e.sgd(m.t(5), 0.1, 0, 0, 1, m.t(6), m.t(6)));
        bad("average", "has 6 elements, expected 5", (e, m) -> e.average(m.t(5), 0.1, m.t(6)));
        overlaps();
        recurrent();
    }

    private static void overlaps() {
        String over = "in the same memory; allocate another tensor for the result";
        bad("reverse", over, (e, m) -> {
            Tensor x = m.t(4, 3);
            e.reverse(x, x, false);
        });
        bad("copy", over, (e, m) -> {
            Tensor x = m.t(4, 3);
            e.copy(x.slice(0, 3), x.slice(1, 4), false);
        });
        bad("unary", over, (e, m) -> {
            Tensor x = m.t(4, 3);
            e.unary(Unary.TANH, x.slice(0, 3), x.slice(1, 4));
        });
        bad("binary", over, (e, m) -> {
            Tensor x = m.t(4, 3);
            e.binary(Binary.MULTIPLY, x, x.step(2), x, false);
        });
        bad("sum", over, (e, m) -> {
            Tensor x = m.t(4, 3);
            e.sum(x, x.step(0), false);
        });
        bad("matmul", over, (e, m) -> {
            Tensor x = m.t(3, 3);
            e.matmul(x, false, m.t(3, 3), false, x, false);
        });
        bad("gather", over, (e, m) -> {
            Tensor table = m.t(4, 3);
            e.gather(table, new int[] {3, 2}, table.slice(0, 2));
        });
        bad("softmax", over, (e, m) -> {
            Tensor x = m.t(2, 3);
            e.softmax(x, x);
        });
    }

    private static void recurrent() {
        for (RecurrentKind kind : RecurrentKind.values()) {
            RecurrentSpec spec = new RecurrentSpec(kind, 3, 2, 3, 4, true);
            RecurrentSpec longer = new RecurrentSpec(kind, 4, 2, 3, 4, true);
            RecurrentSpec wider = new RecurrentSpec(kind, 3, 2, 4, 4, true);
            RecurrentSpec inference = new RecurrentSpec(kind, 3, 2, 3, 4, false);
            bad(
                    "recurrentForward",
                    "the input is [4, 2, 3], expected [3, 2, 3]",
                    (e, m) -> forward(e, m, spec, longer, spec, workspace(e, m, spec)));
            bad(
                    "recurrentForward",
                    "the input weight is [4, ",
                    (e, m) -> forward(e, m, spec, spec, wider, workspace(e, m, spec)));
            bad(
                    "recurrentForward",
                    "the workspace is [1], expected ",
                    (e, m) -> forward(e, m, spec, spec, spec, m.t(1)));
            bad("recurrentBackward", "the workspace is [1], expected ", (e, m) -> backward(e, m, spec, m.t(1)));
            bad(
                    "recurrentBackward",
                    "keeps no workspace",
                    (e, m) -> backward(e, m, inference, workspace(e, m, inference)));
            bad("recurrentForward", "in the same memory", (e, m) -> {
                RecurrentSequence in = m.owner.side(spec, spec.inputShape(), UNTOUCHED);
                RecurrentSequence out = m.owner.side(spec, spec.outputShape(), UNTOUCHED);
                e.recurrentForward(
                        spec,
                        in,
                        m.owner.weights(spec, UNTOUCHED),
                        new RecurrentSequence(out.sequence(), in.states()),
                        workspace(e, m, spec));
            });
            bad("recurrentForward", "states, expected " + kind.states(), (e, m) -> {
                RecurrentSequence in = m.owner.side(spec, spec.inputShape(), UNTOUCHED);
                e.recurrentForward(
                        spec,
                        new RecurrentSequence(in.sequence(), List.of()),
                        m.owner.weights(spec, UNTOUCHED),
                        m.owner.side(spec, spec.outputShape(), UNTOUCHED),
                        workspace(e, m, spec));
            });
        }
    }

    private static Tensor workspace(Engine e, Maker m, RecurrentSpec spec) {
        return m.t(e.recurrentWorkspace(spec).dims());
    }

    private static void forward(
            Engine e, Maker m, RecurrentSpec spec, RecurrentSpec in, RecurrentSpec weights, Tensor workspace) {
        e.recurrentForward(
                spec,
                m.owner.side(spec, in.inputShape(), UNTOUCHED),
                m.owner.weights(weights, UNTOUCHED),
                m.owner.side(spec, spec.outputShape(), UNTOUCHED),
                workspace);
    }

    private static void backward(Engine e, Maker m, RecurrentSpec spec, Tensor workspace) {
        e.recurrentBackward(
                spec,
                m.owner.side(spec, spec.inputShape(), UNTOUCHED),
                m.owner.weights(spec, UNTOUCHED),
                m.owner.side(spec, spec.outputShape(), UNTOUCHED),
                workspace,
                m.owner.side(spec, spec.outputShape(), UNTOUCHED),
                m.owner.side(spec, spec.inputShape(), UNTOUCHED),
                m.owner.weights(spec, UNTOUCHED));
    }

    static Stream<Arguments> cases() {
        return Stream.of("onednn", "reference")
                .flatMap(backend -> CASES.stream().map(bad -> Arguments.of(backend, bad)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isRefused(String name, Bad bad) {
        Backend backend = Backends.named(name);
        try (Engine engine = backend.newEngine(1);
                KernelCalls.Owner owner = new KernelCalls.Owner(backend)) {
            RuntimeException thrown = thrownBy(() -> bad.call.accept(engine, new Maker(owner)));
            assertThat(thrown).isInstanceOfAny(ShapeException.class, IndexOutOfBoundsException.class);
            assertThat(thrown)
                    .as("of this project, not of the Java library")
                    .isNotExactlyInstanceOf(ArrayIndexOutOfBoundsException.class);
            assertThat(thrown).hasMessageContaining(bad.message);
            for (Tensor tensor : owner.tensors()) {
                assertThat(Arrays.stream(tensor.toDoubles()).boxed()).allMatch(value -> value == UNTOUCHED);
            }
        }
    }

    private static RuntimeException thrownBy(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            return e;
        }
        throw new AssertionError("the arguments were accepted");
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void memoryOfAnotherBackendIsRefused(String name, String other) {
        Backend backend = Backends.named(name);
        try (Engine engine = backend.newEngine(1);
                Tensor own = Tensor.allocate(backend, Shape.of(2));
                Tensor foreign = Tensor.allocate(Backends.named(other), Shape.of(2))) {
            RuntimeException thrown = thrownBy(() -> engine.copy(foreign, own, false));
            assertThat(thrown)
                    .isInstanceOf(ShapeException.class)
                    .hasMessage("copy: got a tensor FLOAT32 [2] in the memory of another backend than '" + name
                            + "'; allocate it with this engine's backend");
        }
    }

    static Stream<Arguments> pairs() {
        return Stream.of(Arguments.of("onednn", "reference"), Arguments.of("reference", "onednn"));
    }

    @Test
    void noKernelIsForgotten() {
        Set<String> kernels = Arrays.stream(Engine.class.getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .map(java.lang.reflect.Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        // These have nothing that could be wrong about their arguments.
        kernels.removeAll(List.of(
                "backend", "type", "threads", "close", "fuses", "recurrentWorkspace", "images", "sumOfSquares"));
        assertThat(new TreeSet<>(CASES.stream().map(Bad::kernel).toList())).isEqualTo(kernels);
    }
}
