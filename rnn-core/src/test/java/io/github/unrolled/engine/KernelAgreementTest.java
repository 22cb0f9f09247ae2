package io.github.unrolled.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.unrolled.engine.reference.ReferenceBackend;
import io.github.unrolled.random.Seed;
import io.github.unrolled.tensor.ElementType;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.ShapeException;
import io.github.unrolled.tensor.Tensor;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every kernel of the fast engine, and of the reference in single precision, agrees with the reference in double over
 * random shapes: odd sizes, single elements, nothing at all, views into larger tensors, both ways of accumulating.
 * {@code -Dtest.seed=} repeats a run.
 */
final class KernelAgreementTest {
    private static final int ROUNDS = 8;

    @FunctionalInterface
    private interface KernelCase {
        void run(KernelPair pair, boolean accumulate);
    }

    private static final Map<String, KernelCase> CASES = new LinkedHashMap<>();

    static {
        CASES.put("copy", (p, more) -> {
            KernelPair.Both x = p.tensor(p.size(), p.size());
            KernelPair.Both y = p.tensor(x.shape().dims());
            p.engine().copy(x.tested(), y.tested(), more);
            p.truth().copy(x.exact(), y.exact(), more);
            y.assertEqual("copy");
        });
        CASES.put("copyColumns", (p, more) -> {
            int rows = p.size();
            int count = p.random().nextInt(6);
            KernelPair.Both x = p.tensor(rows, count + p.size());
            KernelPair.Both y = p.tensor(rows, count + p.size());
            int from = p.random().nextInt(x.shape().columns() - count + 1);
            int to = p.random().nextInt(y.shape().columns() - count + 1);
            p.engine().copyColumns(x.tested(), from, y.tested(), to, count, more);
            p.truth().copyColumns(x.exact(), from, y.exact(), to, count, more);
            y.assertEqual("copyColumns");
        });
        CASES.put("reverse", (p, more) -> {
            KernelPair.Both x = p.tensor(p.size(), p.size(), p.size());
            KernelPair.Both y = p.tensor(x.shape().dims());
            p.engine().reverse(x.tested(), y.tested(), more);
            p.truth().reverse(x.exact(), y.exact(), more);
            y.assertEqual("reverse");
        });
        CASES.put("select", (p, more) -> {
            int rows = p.size();
            KernelPair.Both a = p.tensor(rows, p.size());
            KernelPair.Both b = p.tensor(a.shape().dims());
            KernelPair.Both y = p.tensor(a.shape().dims());
            KernelPair.Both mask = p.tensor(rows);
            double[] chosen = Arrays.stream(mask.exact().toDoubles())
                    .map(v -> v > 0 ? 1 : 0)
                    .toArray();
            mask.tested().set(chosen);
            mask.exact().set(chosen);
            p.engine().select(mask.tested(), a.tested(), b.tested(), y.tested());
            p.truth().select(mask.exact(), a.exact(), b.exact(), y.exact());
            y.assertEqual("select");
        });
        CASES.put("unary", (p, more) -> {
            for (Unary op : Unary.values()) {
                KernelPair.Both x =
                        op == Unary.SQRT ? p.ranged(0.1, 4, p.size(), p.size()) : p.ranged(-4, 4, p.size(), p.size());
                KernelPair.Both y = p.tensor(x.shape().dims());
                p.engine().unary(op, x.tested(), y.tested());
                p.truth().unary(op, x.exact(), y.exact());
                y.assertEqual("unary " + op);
                p.engine().unary(op, x.tested(), x.tested());
                p.truth().unary(op, x.exact(), x.exact());
                x.assertEqual("in place " + op);
            }
        });
        CASES.put("unaryBackward", (p, more) -> {
            for (Unary op : Unary.values()) {
                KernelPair.Both y = p.ranged(0.1, 0.9, p.size(), p.size());
                KernelPair.Both dy = p.tensor(y.shape().dims());
                KernelPair.Both dx = p.tensor(y.shape().dims());
                p.engine().unaryBackward(op, y.tested(), dy.tested(), dx.tested(), more);
                p.truth().unaryBackward(op, y.exact(), dy.exact(), dx.exact(), more);
                dx.assertEqual("unaryBackward " + op);
            }
        });
        CASES.put("binary", (p, more) -> {
            int t = p.size();
            int b = p.size();
            int f = p.size();
            int[][] partners = {
                {t, b, f}, {b, f}, {f}, {1}, {t, b, 1}, {b, 1}, {t, 1, f}, {1, b, f}, {t, 1, 1}, {1, b, 1}
            };
            for (int[] partner : partners) {
                for (Binary op : Binary.values()) {
                    KernelPair.Both left = p.tensor(t, b, f);
                    KernelPair.Both right = p.tensor(partner);
                    KernelPair.Both y = p.tensor(t, b, f);
                    p.engine().binary(op, left.tested(), right.tested(), y.tested(), more);
                    p.truth().binary(op, left.exact(), right.exact(), y.exact(), more);
                    y.assertEqual("binary " + op + " with " + Arrays.toString(partner));
                }
            }
        });
        CASES.put("scale", (p, more) -> {
            KernelPair.Both x = p.tensor(p.size(), p.size());
            KernelPair.Both y = p.tensor(x.shape().dims());
            p.engine().scale(x.tested(), -1.7, 0.3, y.tested(), more);
            p.truth().scale(x.exact(), -1.7, 0.3, y.exact(), more);
            y.assertEqual("scale");
        });
        CASES.put("sum", (p, more) -> {
            int t = p.size();
            int b = p.size();
            int f = p.size();
            int[][] targets = {{t, b, f}, {b, f}, {f}, {1}, {}, {t, b, 1}, {t, 1, f}, {1, b, f}, {t, 1, 1}, {1, b, 1}};
            for (int[] target : targets) {
                KernelPair.Both x = p.tensor(t, b, f);
                KernelPair.Both y = p.tensor(target);
                p.engine().sum(x.tested(), y.tested(), more);
                p.truth().sum(x.exact(), y.exact(), more);
                y.assertEqual("sum to " + Arrays.toString(target));
            }
        });
        CASES.put("matmul", (p, more) -> {
            int m = p.size();
            int k = p.size();
            int n = p.size();
            for (int form = 0; form < 4; form++) {
                boolean ta = (form & 1) != 0;
                boolean tb = (form & 2) != 0;
                KernelPair.Both a = ta ? p.tensor(k, m) : p.tensor(m, k);
                KernelPair.Both b = tb ? p.tensor(n, k) : p.tensor(k, n);
                KernelPair.Both c = p.tensor(m, n);
                p.engine().matmul(a.tested(), ta, b.tested(), tb, c.tested(), more);
                p.truth().matmul(a.exact(), ta, b.exact(), tb, c.exact(), more);
                c.assertEqual("matmul");
            }
        });
        CASES.put("affine", (p, more) -> {
            int in = p.size();
            int out = p.size();
            KernelPair.Both x = p.tensor(p.size(), p.size(), in);
            KernelPair.Both w = p.tensor(in, out);
            KernelPair.Both b = p.tensor(out);
            KernelPair.Both y = p.tensor(x.shape().dim(0), x.shape().dim(1), out);
            p.engine().affine(x.tested(), w.tested(), b.tested(), y.tested());
            p.truth().affine(x.exact(), w.exact(), b.exact(), y.exact());
            y.assertEqual("affine");
        });
        CASES.put("gather", (p, more) -> {
            KernelPair.Both table = p.tensor(p.size(), p.size());
            int[] indices = p.random().ints(p.size(), 0, table.shape().rows()).toArray();
            KernelPair.Both rows = p.tensor(indices.length, table.shape().columns());
            p.engine().gather(table.tested(), indices, rows.tested());
            p.truth().gather(table.exact(), indices, rows.exact());
            rows.assertEqual("gather");
        });
        CASES.put("scatterAdd", (p, more) -> {
            KernelPair.Both table = p.tensor(p.size(), p.size());
            int[] indices = p.random().ints(p.size(), 0, table.shape().rows()).toArray();
            KernelPair.Both rows = p.tensor(indices.length, table.shape().columns());
            p.engine().scatterAdd(rows.tested(), indices, table.tested());
            p.truth().scatterAdd(rows.exact(), indices, table.exact());
            table.assertEqual("scatterAdd");
        });
        CASES.put("oneHot", (p, more) -> {
            KernelPair.Both rows = p.tensor(p.size(), p.size());
            int[] indices = p.random()
                    .ints(rows.shape().rows(), 0, rows.shape().columns())
                    .toArray();
            p.engine().oneHot(indices, rows.tested());
            p.truth().oneHot(indices, rows.exact());
            rows.assertEqual("oneHot");
        });
        CASES.put("layerNorm", (p, more) -> normalize(p));
        CASES.put("layerNormBackward", (p, more) -> normalize(p));
        CASES.put("softmax", (p, more) -> {
            KernelPair.Both x = p.ranged(-30, 30, p.size(), p.size());
            KernelPair.Both y = p.tensor(x.shape().dims());
            p.engine().softmax(x.tested(), y.tested());
            p.truth().softmax(x.exact(), y.exact());
            y.assertEqual("softmax");
        });
        CASES.put("softmaxCrossEntropy", (p, more) -> crossEntropy(p, more));
        CASES.put("softmaxCrossEntropyBackward", (p, more) -> crossEntropy(p, more));
        CASES.put("recurrentWorkspace", (p, more) -> recurrent(p));
        CASES.put("recurrentForward", (p, more) -> recurrent(p));
        CASES.put("recurrentBackward", (p, more) -> recurrent(p));
        CASES.put("sumOfSquares", (p, more) -> {
            KernelPair.Both x = p.tensor(p.size(), p.size(), 300);
            double exact = p.truth().sumOfSquares(x.exact());
            assertThat(p.engine().sumOfSquares(x.tested())).isCloseTo(exact, within(1e-9 * exact));
        });
        CASES.put("adamW", (p, more) -> {
            KernelPair.Both g = p.tensor(p.size(), 900);
            int[] dims = g.shape().dims();
            KernelPair.Both v = p.tensor(dims);
            KernelPair.Both m1 = p.tensor(dims);
            KernelPair.Both m2 = p.ranged(0, 1, dims);
            AdamStep step = new AdamStep(0.01, 0.9, 0.99, 1e-8, 0.1, 0.3, 0.2, 0.7);
            p.engine().adamW(g.tested(), step, v.tested(), m1.tested(), m2.tested());
            p.truth().adamW(g.exact(), step, v.exact(), m1.exact(), m2.exact());
            v.assertEqual("value");
            m1.assertEqual("first moment");
            m2.assertEqual("second moment");
        });
        CASES.put("sgd", (p, more) -> {
            KernelPair.Both g = p.tensor(p.size(), 900);
            KernelPair.Both value = p.tensor(g.shape().dims());
            KernelPair.Both velocity = p.tensor(g.shape().dims());
            p.engine().sgd(g.tested(), 0.1, 0.9, 0.01, 0.7, value.tested(), velocity.tested());
            p.truth().sgd(g.exact(), 0.1, 0.9, 0.01, 0.7, value.exact(), velocity.exact());
            value.assertEqual("value");
            velocity.assertEqual("velocity");
        });
        CASES.put("average", (p, more) -> {
            KernelPair.Both value = p.tensor(p.size(), 900);
            KernelPair.Both average = p.tensor(value.shape().dims());
            p.engine().average(value.tested(), 0.3, average.tested());
            p.truth().average(value.exact(), 0.3, average.exact());
            average.assertEqual("average");
        });
    }

    private static void normalize(KernelPair p) {
        int rows = p.size();
        int columns = 2 + p.size();
        KernelPair.Both x = p.tensor(rows, columns);
        KernelPair.Both gain = p.tensor(columns);
        KernelPair.Both bias = p.tensor(columns);
        KernelPair.Both y = p.tensor(rows, columns);
        KernelPair.Both stats = p.tensor(2, rows);
        p.engine().layerNorm(x.tested(), gain.tested(), bias.tested(), 1e-3, y.tested(), stats.tested());
        p.truth().layerNorm(x.exact(), gain.exact(), bias.exact(), 1e-3, y.exact(), stats.exact());
        y.assertEqual("layerNorm");
        KernelPair.Both dy = p.tensor(rows, columns);
        KernelPair.Both dx = p.tensor(rows, columns);
        KernelPair.Both dGain = p.tensor(columns);
        KernelPair.Both dBias = p.tensor(columns);
        p.engine()
                .layerNormBackward(
                        x.tested(),
                        gain.tested(),
                        1e-3,
                        stats.tested(),
                        dy.tested(),
                        dx.tested(),
                        dGain.tested(),
                        dBias.tested());
        p.truth()
                .layerNormBackward(
                        x.exact(),
                        gain.exact(),
                        1e-3,
                        stats.exact(),
                        dy.exact(),
                        dx.exact(),
                        dGain.exact(),
                        dBias.exact());
        dx.assertEqual("dx");
        dGain.assertEqual("dGain");
        dBias.assertEqual("dBias");
    }

    private static void crossEntropy(KernelPair p, boolean more) {
        int rows = p.size();
        int classes = 1 + p.size();
        KernelPair.Both logits = p.ranged(-60, 60, rows, classes);
        KernelPair.Both weights = p.ranged(0, 2, rows);
        int[] targets = p.random().ints(rows, 0, classes).toArray();
        // A row that does not count, whose target may be anything.
        weights.tested().slice(0, 1).fill(0);
        weights.exact().slice(0, 1).fill(0);
        targets[0] = -7;
        KernelPair.Both probabilities = p.tensor(rows, classes);
        KernelPair.Both loss = p.tensor(1);
        p.engine()
                .softmaxCrossEntropy(logits.tested(), targets, weights.tested(), probabilities.tested(), loss.tested());
        p.truth().softmaxCrossEntropy(logits.exact(), targets, weights.exact(), probabilities.exact(), loss.exact());
        loss.assertEqual("loss");
        probabilities.assertEqual("probabilities");
        KernelPair.Both dLoss = p.tensor(1);
        KernelPair.Both dLogits = p.tensor(rows, classes);
        p.engine()
                .softmaxCrossEntropyBackward(
                        probabilities.tested(), targets, weights.tested(), dLoss.tested(), dLogits.tested(), more);
        p.truth()
                .softmaxCrossEntropyBackward(
                        probabilities.exact(), targets, weights.exact(), dLoss.exact(), dLogits.exact(), more);
        dLogits.assertEqual("dLogits");
    }

    private static void recurrent(KernelPair p) {
        for (RecurrentKind kind : RecurrentKind.values()) {
            RecurrentSpec spec = new RecurrentSpec(kind, p.size(), p.size(), p.size(), p.size(), true);
            if (!p.engine().fuses(kind, spec.inputSize(), spec.hiddenSize())) {
                assertThatThrownBy(() -> p.engine().recurrentWorkspace(spec))
                        .isInstanceOf(ShapeException.class)
                        .hasMessageContaining("unroll step by step");
                continue;
            }
            List<KernelPair.Both> in = sides(p, spec, spec.inputShape());
            List<KernelPair.Both> out = sides(p, spec, spec.outputShape());
            List<KernelPair.Both> dOut = sides(p, spec, spec.outputShape());
            List<KernelPair.Both> dIn = sides(p, spec, spec.inputShape());
            List<KernelPair.Both> weights = weights(p, spec, -0.6, 0.6);
            List<KernelPair.Both> dWeights = weights(p, spec, -0.1, 0.1);
            Tensor workspace = p.make(p.engine(), p.engine().recurrentWorkspace(spec));
            Tensor exact = p.make(p.truth(), p.truth().recurrentWorkspace(spec));
            p.engine().recurrentForward(spec, tested(in), testedWeights(weights), tested(out), workspace);
            p.truth().recurrentForward(spec, exact(in), exactWeights(weights), exact(out), exact);
            out.forEach(both -> both.assertEqual("forward " + spec));
            p.engine()
                    .recurrentBackward(
                            spec,
                            tested(in),
                            testedWeights(weights),
                            tested(out),
                            workspace,
                            tested(dOut),
                            tested(dIn),
                            testedWeights(dWeights));
            p.truth()
                    .recurrentBackward(
                            spec,
                            exact(in),
                            exactWeights(weights),
                            exact(out),
                            exact,
                            exact(dOut),
                            exact(dIn),
                            exactWeights(dWeights));
            dIn.forEach(both -> both.assertEqual("backward " + spec));
            dWeights.forEach(both -> both.assertEqual("weights of " + spec));

            RecurrentSpec inference =
                    new RecurrentSpec(kind, spec.time(), spec.batch(), spec.inputSize(), spec.hiddenSize(), false);
            List<KernelPair.Both> again = sides(p, spec, spec.outputShape());
            p.engine()
                    .recurrentForward(
                            inference,
                            tested(in),
                            testedWeights(weights),
                            tested(again),
                            p.make(p.engine(), p.engine().recurrentWorkspace(inference)));
            for (int i = 0; i < out.size(); i++) {
                new KernelPair.Both(again.get(i).tested(), out.get(i).exact()).assertEqual("inference " + inference);
            }
        }
    }

    private static List<KernelPair.Both> sides(KernelPair p, RecurrentSpec spec, Shape sequence) {
        List<KernelPair.Both> tensors = new ArrayList<>(List.of(p.tensor(sequence.dims())));
        for (int i = 0; i < spec.kind().states(); i++) {
            tensors.add(p.tensor(spec.stateShape().dims()));
        }
        return tensors;
    }

    private static List<KernelPair.Both> weights(KernelPair p, RecurrentSpec spec, double low, double high) {
        return Stream.of(spec.weightInputShape(), spec.weightHiddenShape(), spec.biasShape())
                .map(shape -> p.ranged(low, high, shape.dims()))
                .toList();
    }

    private static RecurrentSequence tested(List<KernelPair.Both> side) {
        List<Tensor> all = side.stream().map(KernelPair.Both::tested).toList();
        return new RecurrentSequence(all.get(0), all.subList(1, all.size()));
    }

    private static RecurrentSequence exact(List<KernelPair.Both> side) {
        List<Tensor> all = side.stream().map(KernelPair.Both::exact).toList();
        return new RecurrentSequence(all.get(0), all.subList(1, all.size()));
    }

    private static RecurrentWeights testedWeights(List<KernelPair.Both> three) {
        return new RecurrentWeights(
                three.get(0).tested(), three.get(1).tested(), three.get(2).tested());
    }

    private static RecurrentWeights exactWeights(List<KernelPair.Both> three) {
        return new RecurrentWeights(
                three.get(0).exact(), three.get(1).exact(), three.get(2).exact());
    }

    static Stream<String> kernels() {
        return CASES.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void fastEngineAgrees(String kernel) {
        agrees(Backends.named("onednn"), kernel);
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void referenceInSinglePrecisionAgrees(String kernel) {
        agrees(Backends.named("reference"), kernel);
    }

    private static void agrees(Backend backend, String kernel) {
        for (int round = 0; round < ROUNDS; round++) {
            RandomGenerator random =
                    new Seed(KernelPair.SEED).split(kernel).split(round).generator();
            try (KernelPair pair = new KernelPair(backend, random)) {
                KernelCase test = CASES.getOrDefault(kernel, (p, more) -> {
                    throw new AssertionError(kernel);
                });
                test.run(pair, round % 2 == 0);
            }
        }
    }

    @Test
    void noKernelIsForgotten() {
        Set<String> kernels = Arrays.stream(Engine.class.getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        // The kernels on images have a test of their own.
        kernels.removeAll(List.of("backend", "type", "threads", "fuses", "images", "close"));
        assertThat(new TreeSet<>(CASES.keySet())).isEqualTo(kernels);
    }

    @Test
    void tensorsWithoutElementsAreAllowed() {
        for (Backend backend : List.of(Backends.named("onednn"), Backends.named("reference"))) {
            try (Engine engine = backend.newEngine(1);
                    Tensor none = Tensor.allocate(backend, Shape.of(0, 4));
                    Tensor weight = Tensor.allocate(backend, Shape.of(4, 4)).fill(1);
                    Tensor four = Tensor.allocate(backend, Shape.of(4)).fill(1)) {
                engine.copy(none, none, true);
                engine.unary(Unary.TANH, none, none);
                engine.binary(Binary.ADD, none, four, none, false);
                engine.scale(none, 2, 1, none, false);
                engine.affine(none, weight, four, none);
                engine.softmax(none, none);
                engine.sum(none, four, true);
                assertThat(four.toFloats()).containsOnly(1);
                engine.matmul(none, true, none, false, weight, true);
                assertThat(weight.toFloats()).containsOnly(1);
                engine.matmul(none, true, none, false, weight, false);
                assertThat(weight.toFloats()).containsOnly(0);
                engine.sum(none, four, false);
                assertThat(four.toFloats()).containsOnly(0);
            }
        }
    }

    @Test
    void whatDoesNotFitIsNamed() {
        Backend backend = Backends.named("onednn");
        try (Engine engine = backend.newEngine(1);
                Tensor a = Tensor.allocate(backend, Shape.of(2, 3));
                Tensor b = Tensor.allocate(backend, Shape.of(4, 5));
                Tensor c = Tensor.allocate(backend, Shape.of(2, 5));
                Tensor foreign = Tensor.allocate(new ReferenceBackend(ElementType.FLOAT64), Shape.of(2, 3))) {
            assertThatThrownBy(() -> engine.matmul(a, false, b, false, c, false))
                    .isInstanceOf(ShapeException.class)
                    .hasMessage("matmul: [2, 3] times [4, 5] does not give [2, 5]");
            assertThatThrownBy(() -> engine.binary(Binary.ADD, a, b, a, false))
                    .isInstanceOf(ShapeException.class)
                    .hasMessageContaining("[4, 5]");
            assertThatThrownBy(() -> engine.gather(a, new int[] {0, 2}, Tensor.allocate(backend, Shape.of(2, 3))))
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessageContaining("index 2 in place 1");
            assertThatThrownBy(() -> engine.copy(foreign, a, false))
                    .isInstanceOf(ShapeException.class)
                    .hasMessageContaining("FLOAT32");
        }
    }

    @Test
    void anEngineBelongsToItsThread() throws InterruptedException {
        Backend backend = Backends.named("onednn");
        try (Engine engine = backend.newEngine(1);
                Tensor a = Tensor.allocate(backend, Shape.of(2, 2))) {
            List<Throwable> thrown = new ArrayList<>();
            Thread other = new Thread(() -> {
                try {
                    engine.unary(Unary.TANH, a, a);
                } catch (IllegalStateException e) {
                    thrown.add(e);
                }
            });
            other.start();
            other.join();
            assertThat(thrown).hasSize(1);
            assertThat(thrown.get(0)).hasMessageContaining("one engine per thread");
        }
    }
}
