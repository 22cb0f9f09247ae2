package io.github.unrolled.engine.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.unrolled.engine.Backends;
import io.github.unrolled.engine.ConvolutionSpec;
import io.github.unrolled.engine.Edges;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.engine.Window;
import io.github.unrolled.engine.reference.ReferenceBackend;
import io.github.unrolled.random.Seed;
import io.github.unrolled.tensor.ElementType;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Winograd's convolutions of any size, also of those for which the engine would not choose them. */
final class WinogradTest {
    private static final Window THREE = Window.square(3);

    private final OnednnBackend backend = new OnednnBackend();
    private final RandomGenerator random = new Seed(5).generator();
    private final List<Tensor> owned = new ArrayList<>();
    private Context context;

    @BeforeEach
    void loadNativeLibrary() {
        // Any engine does, and leaves this thread with one thread of OpenMP's.
        Backends.named("onednn").newEngine(1).close();
        context = new Context(backend);
    }

    @AfterEach
    void free() {
        owned.forEach(Tensor::close);
        context.close();
        assertThat(backend.nativeBytes()).as("native memory left").isZero();
    }

    /** y = Aᵀ [(G w) ⊙ (Bᵀ x)] is the filter, for x and w of which every element counts. */
    @Test
    void sixProductsMakeFourOutputs() {
        double[] x = {1, -2, 4, 0.5, 3, -1};
        double[] w = {0.25, -3, 2};
        double[] products = new double[6];
        double[] ofX = transformed(WinogradTransform.INPUT, x, 6);
        double[] ofW = transformed(WinogradTransform.WEIGHT, w, 6);
        for (int i = 0; i < 6; i++) {
            products[i] = ofX[i] * ofW[i];
        }
        double[] y = transformed(WinogradTransform.OUTPUT, products, 4);
        for (int i = 0; i < 4; i++) {
            assertThat(y[i]).isCloseTo(w[0] * x[i] + w[1] * x[i + 1] + w[2] * x[i + 2], within(1e-5));
        }
    }

    /** The matrices of gradients are the transposed ones: u · (M v) = (Mᵀ u) · v. */
    @Test
    void gradientsAreTransposed() {
        double[] six = {1, -2, 4, 0.5, 3, -1};
        double[] four = {2, -1, 0.5, 3};
        double[] three = {0.25, -3, 2};
        assertThat(dot(four, transformed(WinogradTransform.OUTPUT, six, 4)))
                .isCloseTo(dot(transformed(WinogradTransform.OUTPUT_GRADIENT, four, 6), six), within(1e-4));
        assertThat(dot(six, transformed(WinogradTransform.WEIGHT, three, 6)))
                .isCloseTo(dot(transformed(WinogradTransform.WEIGHT_GRADIENT, six, 3), three), within(1e-4));
    }

    private static double[] transformed(WinogradTransform transform, double[] vector, int length) {
        float[][] from = new float[vector.length][1];
        for (int i = 0; i < vector.length; i++) {
            from[i][0] = (float) vector[i];
        }
        float[][] to = new float[length][1];
        transform.apply(from, to, 1);
        return Arrays.stream(to).mapToDouble(element -> element[0]).toArray();
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void agreesWithTheReference(int threads) {
        try (Team team = new Team(threads);
                Engine reference = new ReferenceBackend(ElementType.FLOAT64).newEngine(1)) {
            Winograd winograd = new Winograd(context, team, new Elementwise(context));
            for (ConvolutionSpec spec : specifications()) {
                Pair x = pair(reference, spec.inputShape());
                Pair weight = pair(reference, spec.weightShape());
                Pair bias = pair(reference, spec.biasShape());
                Pair y = pair(reference, spec.outputShape());
                winograd.forward(spec, x.fast, weight.fast, bias.fast, y.fast);
                reference.images().convolution(spec, x.exact, weight.exact, bias.exact, y.exact);
                y.assertEqual("y of " + spec);
                Tensor none = tensor(Shape.of(0));
                Pair unbiased = pair(reference, spec.outputShape());
                winograd.forward(spec, x.fast, weight.fast, none, unbiased.fast);
                reference
                        .images()
                        .convolution(spec, x.exact, weight.exact, exact(reference, Shape.of(0)), unbiased.exact);
                unbiased.assertEqual("y without bias of " + spec);
                Pair dy = pair(reference, spec.outputShape());
                for (boolean accumulate : new boolean[] {false, true}) {
                    Pair dx = pair(reference, spec.inputShape());
                    winograd.backwardData(spec, weight.fast, dy.fast, dx.fast, accumulate);
                    reference.images().convolutionBackwardData(spec, weight.exact, dy.exact, dx.exact, accumulate);
                    dx.assertEqual("dx of " + spec);
                }
                Pair dWeight = pair(reference, spec.weightShape());
                Pair dBias = pair(reference, spec.biasShape());
                winograd.backwardWeights(spec, x.fast, dy.fast, dWeight.fast, dBias.fast);
                reference.images().convolutionBackwardWeights(spec, x.exact, dy.exact, dWeight.exact, dBias.exact);
                dWeight.assertEqual("dWeight of " + spec);
                dBias.assertEqual("dBias of " + spec);
            }
        }
    }

    /**
     * Relative to the outputs, the root mean square error of 64 channels of rectified normal numbers is 7e-7; with the usual
     * points 0, ±1, ±2 it would be 1.4e-6, and that of a plain sum in single precision is 2e-7.
     */
    @Test
    void thePointsLoseFewDigits() {
        ConvolutionSpec spec = new ConvolutionSpec(1, 18, 18, 64, 64, THREE, 1, false);
        try (Team team = new Team(1);
                Engine reference = new ReferenceBackend(ElementType.FLOAT64).newEngine(1)) {
            Pair x = pair(reference, spec.inputShape());
            Tensor rectified = x.fast.set(Arrays.stream(x.fast.toDoubles())
                    .map(value -> Math.max(0, value))
                    .toArray());
            x.exact.set(rectified.toDoubles());
            Pair weight = pair(reference, spec.weightShape());
            Tensor y = tensor(spec.outputShape());
            Tensor truth = exact(reference, spec.outputShape());
            new Winograd(context, team, new Elementwise(context))
                    .forward(spec, rectified, weight.fast, tensor(Shape.of(0)), y);
            reference.images().convolution(spec, x.exact, weight.exact, exact(reference, Shape.of(0)), truth);
            double[] expected = truth.toDoubles();
            double[] actual = y.toDoubles();
            double errors = 0;
            double squares = 0;
            for (int i = 0; i < expected.length; i++) {
                errors += Math.pow(actual[i] - expected[i], 2);
                squares += Math.pow(expected[i], 2);
            }
            assertThat(Math.sqrt(errors / squares)).isBetween(1e-8, 1e-6);
        }
    }

    /** One pixel, tiles beyond the image, no and wide padding, rows of tiles in several runs, many images in a block. */
    private List<ConvolutionSpec> specifications() {
        List<ConvolutionSpec> all = new ArrayList<>();
        all.add(new ConvolutionSpec(1, 1, 1, 1, 1, Window.same(3), 1, false));
        all.add(new ConvolutionSpec(2, 3, 3, 2, 3, THREE, 1, true));
        // Its two directions have packed weights of the same shape.
        all.add(new ConvolutionSpec(2, 9, 9, 4, 4, Window.same(3), 1, false));
        all.add(new ConvolutionSpec(30, 5, 6, 3, 2, Window.same(3), 1, true));
        all.add(new ConvolutionSpec(2, 9, 101, 3, 5, Window.same(3), 1, false));
        all.add(new ConvolutionSpec(1, 6, 395, 2, 2, Window.same(3), 1, true));
        all.add(new ConvolutionSpec(1, 30, 4, 33, 34, THREE.withPadding(new Edges(2, 0, 1, 4)), 1, false));
        all.add(new ConvolutionSpec(1, 2, 2, 2, 2, THREE.withPadding(Edges.all(5)), 1, true));
        for (int i = 0; i < 8; i++) {
            Edges edges = new Edges(random.nextInt(4), random.nextInt(4), random.nextInt(4), random.nextInt(4));
            all.add(new ConvolutionSpec(
                    1 + random.nextInt(3),
                    3 + random.nextInt(20),
                    3 + random.nextInt(20),
                    1 + random.nextInt(40),
                    1 + random.nextInt(40),
                    THREE.withPadding(edges),
                    1,
                    random.nextBoolean()));
        }
        return all;
    }

    /** Threads take whatever blocks are left, and yet the result is the same bit by bit; so are sums over fixed parts. */
    @Test
    void threadsDoNotChangeResults() {
        ConvolutionSpec spec = new ConvolutionSpec(3, 41, 43, 8, 9, Window.same(3), 1, true);
        Tensor x = filled(spec.inputShape());
        Tensor weight = filled(spec.weightShape());
        Tensor bias = filled(spec.biasShape());
        Tensor dy = filled(spec.outputShape());
        try (Team one = new Team(1);
                Team three = new Team(3)) {
            Tensor alone = forward(one, spec, x, weight, bias);
            Tensor shared = forward(three, spec, x, weight, bias);
            assertThat(shared.toFloats()).isEqualTo(alone.toFloats());
            float[] gradient = gradient(three, spec, x, dy).toFloats();
            assertThat(gradient(three, spec, x, dy).toFloats()).isEqualTo(gradient);
        }
    }

    private Tensor forward(Team team, ConvolutionSpec spec, Tensor x, Tensor weight, Tensor bias) {
        try (Context own = new Context(backend)) {
            Tensor y = tensor(spec.outputShape());
            new Winograd(own, team, new Elementwise(own)).forward(spec, x, weight, bias, y);
            return y;
        }
    }

    private Tensor gradient(Team team, ConvolutionSpec spec, Tensor x, Tensor dy) {
        try (Context own = new Context(backend)) {
            Tensor dWeight = tensor(spec.weightShape());
            new Winograd(own, team, new Elementwise(own))
                    .backwardWeights(spec, x, dy, dWeight, tensor(spec.biasShape()));
            return dWeight;
        }
    }

    /** A reader keeps rows for the tiles below, whichever block is read next. */
    @Test
    void rowsAreKeptForTheirOwnColumnsOnly() {
        for (int height : new int[] {4, 8, 12}) {
            ConvolutionSpec spec = new ConvolutionSpec(5, height, 60, 1, 1, Window.same(3), 1, false);
            Tensor x = filled(spec.inputShape());
            WinogradTiling tiling = WinogradTiling.forward(spec);
            for (int before = 0; before < tiling.blocks(); before++) {
                for (int block = 0; block < tiling.blocks(); block++) {
                    WinogradReader used = new WinogradReader(tiling, 1, WinogradTransform.INPUT);
                    read(used, tiling, x, before);
                    assertThat(read(used, tiling, x, block))
                            .as("block " + block + " after " + before + " of " + tiling)
                            .isEqualTo(read(new WinogradReader(tiling, 1, WinogradTransform.INPUT), tiling, x, block));
                }
            }
        }
    }

    private static float[] read(WinogradReader reader, WinogradTiling tiling, Tensor x, int block) {
        float[] points = new float[36 * tiling.tilesInBlock()];
        reader.read(x, block, FloatBuffer.wrap(points));
        return points;
    }

    /** Weights stay packed while they are the same, and only so long. */
    @Test
    void changedWeightsAreSeen() {
        ConvolutionSpec spec = new ConvolutionSpec(1, 8, 8, 4, 4, Window.same(3), 1, false);
        Tensor x = filled(spec.inputShape());
        Tensor weight = filled(spec.weightShape());
        Tensor none = tensor(Shape.of(0));
        try (Team team = new Team(1)) {
            Winograd winograd = new Winograd(context, team, new Elementwise(context));
            Tensor first = tensor(spec.outputShape());
            winograd.forward(spec, x, weight, none, first);
            float[] doubled = weight.toFloats();
            // Behind the tensor's back: what is packed stays.
            weight.memory().fill(weight.offset(), weight.elements(), 7);
            Tensor again = tensor(spec.outputShape());
            winograd.forward(spec, x, weight, none, again);
            assertThat(again.toFloats()).isEqualTo(first.toFloats());
            for (int i = 0; i < doubled.length; i++) {
                doubled[i] *= 2;
            }
            weight.set(doubled);
            Tensor second = tensor(spec.outputShape());
            winograd.forward(spec, x, weight, none, second);
            float[] expected = first.toFloats();
            for (int i = 0; i < expected.length; i++) {
                expected[i] *= 2;
            }
            assertThat(second.toFloats()).as("powers of two are exact").isEqualTo(expected);
        }
    }

    @Test
    void whatOneThreadFailsAtIsThrownWhenAllAreDone() {
        CountDownLatch failing = new CountDownLatch(1);
        AtomicBoolean done = new AtomicBoolean();
        try (Team team = new Team(2)) {
            assertThatThrownBy(() -> team.run(member -> {
                        if (member == 0) {
                            failing.countDown();
                            throw new IllegalStateException("the first one");
                        }
                        try {
                            failing.await();
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                        // Long enough that a team that does not wait would be seen.
                        double sum = random.doubles(3_000_000).sum();
                        done.set(sum > 0);
                        return member;
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the first one");
            assertThat(done).isTrue();
            assertThat(team.run(member -> 10 * member)).containsExactly(0, 10);
        }
    }

    @Test
    void onlyWhatBecomesFasterIsComputedSo() {
        try (Team one = new Team(1);
                Team two = new Team(2)) {
            Winograd alone = new Winograd(context, one, new Elementwise(context));
            ConvolutionSpec patches = spec(16, 41, 64, 64, Window.same(3), 1);
            assertThat(alone.suits(patches)).isTrue();
            assertThat(alone.suits(spec(16, 41, 64, 64, THREE.withPadding(new Edges(0, 1, 2, 3)), 1)))
                    .isTrue();
            assertThat(alone.suits(spec(16, 41, 16, 16, Window.same(3), 1)))
                    .as("few channels")
                    .isFalse();
            assertThat(alone.suits(spec(16, 41, 64, 1, Window.same(3), 1)))
                    .as("one channel")
                    .isFalse();
            assertThat(alone.suits(spec(1, 41, 2048, 1024, Window.same(3), 1)))
                    .as("weights of 300 MB")
                    .isFalse();
            assertThat(alone.suits(spec(1, 5, 64, 64, Window.same(3), 1)))
                    .as("few pixels")
                    .isFalse();
            assertThat(alone.suits(spec(16, 41, 64, 64, Window.same(5), 1))).isFalse();
            assertThat(alone.suits(spec(16, 41, 64, 64, Window.same(3).withStride(2), 1)))
                    .isFalse();
            assertThat(alone.suits(spec(16, 41, 64, 64, Window.same(3).withDilation(2), 1)))
                    .isFalse();
            assertThat(alone.suits(spec(16, 41, 64, 64, Window.same(3), 2))).isFalse();
            Winograd shared = new Winograd(context, two, new Elementwise(context));
            assertThat(shared.suits(patches)).isFalse();
            assertThat(shared.suits(spec(1, 1024, 64, 64, Window.same(3), 1))).isTrue();
        }
    }

    private static ConvolutionSpec spec(int batch, int side, int in, int out, Window window, int groups) {
        return new ConvolutionSpec(batch, side, side, in, out, window, groups, true);
    }

    private record Pair(Tensor fast, Tensor exact) {
        void assertEqual(String what) {
            double[] expected = exact.toDoubles();
            double scale = Arrays.stream(expected).map(Math::abs).max().orElse(0);
            assertThat(fast.toDoubles()).as(what).containsExactly(expected, within(1e-5 * Math.max(1, scale)));
        }
    }

    private Pair pair(Engine reference, Shape shape) {
        Tensor fast = filled(shape);
        return new Pair(fast, exact(reference, shape).set(fast.toDoubles()));
    }

    private Tensor exact(Engine reference, Shape shape) {
        return own(Tensor.allocate(reference.backend(), shape));
    }

    private Tensor filled(Shape shape) {
        float[] values = new float[Math.toIntExact(shape.elements())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return tensor(shape).set(values);
    }

    private Tensor tensor(Shape shape) {
        return own(Tensor.allocate(backend, shape));
    }

    private Tensor own(Tensor tensor) {
        owned.add(tensor);
        return tensor;
    }
}
