package io.github.unrolled.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every kernel of every engine, whatever it computes. */
final class KernelBoundaryTest {
    /** Kernels that need no call: they compute nothing on tensors. */
    private static final List<String> OTHERS =
            List.of("backend", "type", "threads", "close", "fuses", "recurrentWorkspace", "images", "poolWorkspace");

    @Test
    void noKernelIsForgotten() {
        Set<String> kernels = Stream.of(Engine.class, ImageKernels.class)
                .flatMap(list -> Arrays.stream(list.getDeclaredMethods()))
                .filter(method -> !method.isSynthetic())
                .map(java.lang.reflect.Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        kernels.removeAll(OTHERS);
        try (KernelCalls calls = new KernelCalls(Backends.named("reference"), 1)) {
            assertThat(new TreeSet<>(calls.kernels())).isEqualTo(kernels);
        }
    }

    /**
     * Without rows, with one, and with an odd number: an argument that is read stays bit for bit what it was, nothing is
     * written outside a tensor, and of the NaN that lay in an overwritten one nothing is left.
     */
    @ParameterizedTest
    @CsvSource({"onednn, 0", "onednn, 1", "onednn, 7", "reference, 0", "reference, 1", "reference, 7"})
    void kernelsWriteTheirResultsAndNothingElse(String backend, int rows) {
        try (KernelCalls calls = new KernelCalls(Backends.named(backend), rows)) {
            for (KernelCalls.Call call : calls.all()) {
                String what = call.kernel() + " on " + backend + ", rows " + rows;
                List<float[]> before =
                        call.read().stream().map(Tensor::toFloats).toList();
                call.run().run();
                for (int i = 0; i < before.size(); i++) {
                    assertThat(call.read().get(i).toFloats()).as(what).containsExactly(before.get(i));
                }
                for (Tensor result : call.written()) {
                    for (double value : result.toDoubles()) {
                        assertThat(value).as(what + ": " + result).isFinite();
                    }
                }
                assertThat(calls.guardsAreIntact()).as(what).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"onednn", "reference"})
    void sumsOverNothingAreZero(String backend) {
        try (KernelCalls calls = new KernelCalls(Backends.named(backend), 0)) {
            for (KernelCalls.Call call : calls.all()) {
                call.run().run();
                double expected = switch (call.kernel()) {
                    case "scatterAdd",
                            "layerNormBackward",
                            "recurrentBackward",
                            "convolutionBackwardWeights",
                            "preluBackward",
                            "groupNormBackward" -> 1;
                    default -> 0;
                };
                for (Tensor result : call.written()) {
                    assertThat(Arrays.stream(result.toDoubles()).boxed())
                            .as(call.kernel() + ": " + result)
                            .allMatch(value -> value == expected);
                }
            }
        }
    }

    /** A sequence without steps hands its state on, and the gradient back. */
    @ParameterizedTest
    @ValueSource(strings = {"onednn", "reference"})
    void noStepsLeaveTheStateAlone(String name) {
        Backend backend = Backends.named(name);
        try (Engine engine = backend.newEngine(1);
                KernelCalls.Owner owner = new KernelCalls.Owner(backend)) {
            for (RecurrentKind kind : RecurrentKind.values()) {
                RecurrentSpec spec = new RecurrentSpec(kind, 0, 2, 3, 4, true);
                RecurrentSequence in = owner.side(spec, spec.inputShape(), 0.25);
                RecurrentSequence out = owner.side(spec, spec.outputShape(), Double.NaN);
                RecurrentSequence dOut = owner.side(spec, spec.outputShape(), 0.5);
                RecurrentSequence dIn = owner.side(spec, spec.inputShape(), Double.NaN);
                RecurrentWeights weights = owner.weights(spec, 3);
                RecurrentWeights dWeights = owner.weights(spec, 3);
                Tensor workspace = owner.filled(engine.recurrentWorkspace(spec), 0);
                engine.recurrentForward(spec, in, weights, out, workspace);
                engine.recurrentBackward(spec, in, weights, out, workspace, dOut, dIn, dWeights);
                out.states()
                        .forEach(state ->
                                assertThat(state.toDoubles()).as(kind.name()).containsOnly(0.25));
                dIn.states()
                        .forEach(state ->
                                assertThat(state.toDoubles()).as(kind.name()).containsOnly(0.5));
                assertThat(dWeights.hidden().toDoubles()).containsOnly(3);
            }
        }
    }

    /** Training stops on NaN only if no kernel hides it. {@link Unary#RELU} may, and {@link Unary#EXP} may give infinity,
     * as they say. */
    @ParameterizedTest
    @ValueSource(strings = {"onednn", "reference"})
    void nanComesThrough(String name) {
        Backend backend = Backends.named(name);
        try (Engine engine = backend.newEngine(1);
                KernelCalls.Owner owner = new KernelCalls.Owner(backend)) {
            Tensor nan = owner.filled(Shape.of(3, 4), Double.NaN);
            Tensor one = owner.filled(Shape.of(3, 4), 1);
            Tensor y = owner.filled(Shape.of(3, 4), 0);
            for (Unary op : Unary.values()) {
                if (op != Unary.RELU) {
                    engine.unary(op, nan, y);
                    assertThat(Arrays.stream(y.toDoubles()).boxed())
                            .as(op.name())
                            .allMatch(value -> op == Unary.EXP ? !Double.isFinite(value) : Double.isNaN(value));
                }
            }
            for (Binary op : Binary.values()) {
                engine.binary(op, one, nan, y, false);
                assertThat(y.toDoubles()).as(op.name()).containsOnly(Double.NaN);
            }
            Tensor total = owner.filled(Shape.of(1), 0);
            engine.sum(nan, total, false);
            assertThat(total.scalar()).isNaN();
            Tensor square = owner.filled(Shape.of(3, 3), 0);
            engine.matmul(nan, false, one, true, square, false);
            assertThat(square.toDoubles()).containsOnly(Double.NaN);
            Tensor weights = owner.filled(Shape.of(3), 1);
            engine.softmaxCrossEntropy(nan, new int[3], weights, y, total.fill(0));
            assertThat(total.scalar()).isNaN();
            assertThat(engine.sumOfSquares(nan)).isNaN();
            for (RecurrentKind kind : RecurrentKind.values()) {
                if (kind != RecurrentKind.RNN_RELU) {
                    RecurrentSpec spec = new RecurrentSpec(kind, 3, 2, 3, 4, false);
                    RecurrentSequence in = owner.side(spec, spec.inputShape(), 0.5);
                    in.sequence().step(0).slice(0, 1).fill(Double.NaN);
                    RecurrentSequence out = owner.side(spec, spec.outputShape(), 0);
                    engine.recurrentForward(
                            spec, in, owner.weights(spec, 0.1), out, owner.filled(engine.recurrentWorkspace(spec), 0));
                    Tensor last = out.states().get(0);
                    assertThat(last.step(0).toDoubles()).as(kind.name()).containsOnly(Double.NaN);
                    assertThat(Arrays.stream(last.step(1).toDoubles()).boxed())
                            .as("another sequence of the batch, " + kind)
                            .allMatch(Double::isFinite);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"onednn", "reference"})
    void aRowThatDoesNotCountMayHoldAnything(String name) {
        Backend backend = Backends.named(name);
        try (Engine engine = backend.newEngine(1);
                KernelCalls.Owner owner = new KernelCalls.Owner(backend)) {
            Tensor logits = owner.filled(Shape.of(2, 3), 0);
            logits.step(0).fill(Double.NaN);
            Tensor weights = owner.filled(Shape.of(2), 1);
            weights.slice(0, 1).fill(0);
            Tensor p = owner.filled(Shape.of(2, 3), 0);
            Tensor loss = owner.filled(Shape.of(1), 0);
            int[] targets = {-1, 2};
            engine.softmaxCrossEntropy(logits, targets, weights, p, loss);
            assertThat(loss.scalar()).isCloseTo(Math.log(3), org.assertj.core.api.Assertions.within(1e-6));
            Tensor dLogits = owner.filled(Shape.of(2, 3), Double.NaN);
            Tensor one = owner.filled(Shape.of(1), 1);
            engine.softmaxCrossEntropyBackward(p, targets, weights, one, dLogits, false);
            assertThat(dLogits.step(0).toDoubles()).containsOnly(0);
        }
    }

    /** A result in the place of an input, where the interface allows it, is the result in another place. */
    @ParameterizedTest
    @ValueSource(strings = {"onednn", "reference"})
    void inPlaceIsTheSame(String name) {
        Backend backend = Backends.named(name);
        try (Engine engine = backend.newEngine(1);
                KernelCalls.Owner owner = new KernelCalls.Owner(backend)) {
            double[] values = {0.5, 1.5, 2.5, 0.25, 3, 0.75};
            Tensor x = owner.filled(Shape.of(2, 3), 0).set(values);
            Tensor b = owner.filled(Shape.of(3), 0).set(2.0, -1.0, 0.5);
            Tensor apart = owner.filled(Shape.of(2, 3), 0);
            Tensor inPlace = owner.filled(Shape.of(2, 3), 0);
            for (Unary op : Unary.values()) {
                engine.unary(op, x, apart);
                inPlace.set(values);
                engine.unary(op, inPlace, inPlace);
                assertThat(inPlace.toFloats()).as(op.name()).containsExactly(apart.toFloats());
            }
            for (Binary op : Binary.values()) {
                engine.binary(op, x, b, apart, false);
                inPlace.set(values);
                engine.binary(op, inPlace, b, inPlace, false);
                assertThat(inPlace.toFloats()).as(op.name()).containsExactly(apart.toFloats());
            }
            engine.scale(x, -3, 0.5, apart, false);
            inPlace.set(values);
            engine.scale(inPlace, -3, 0.5, inPlace, false);
            assertThat(inPlace.toFloats()).containsExactly(apart.toFloats());
        }
    }
}
