package io.github.unrolled.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unrolled.engine.KernelPair.Both;
import io.github.unrolled.random.Seed;
import io.github.unrolled.tensor.Shape;
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
 * Every kernel on images of the fast engine, and of the reference in single precision, agrees with the reference in
 * double, over random windows and sizes. {@code -Dtest.seed=} repeats a run.
 */
final class ImageKernelAgreementTest {
    private static final int ROUNDS = 12;

    @FunctionalInterface
    private interface KernelCase {
        void run(KernelPair pair, boolean accumulate);
    }

    private static final Map<String, KernelCase> CASES = new LinkedHashMap<>();

    static {
        CASES.put("convolution", (p, more) -> {
            for (ConvolutionSpec spec : specifications(p)) {
                Both x = p.tensor(spec.inputShape().dims());
                Both weight = p.ranged(-0.5, 0.5, spec.weightShape().dims());
                Both bias = more ? p.tensor(spec.outChannels()) : p.tensor(0);
                Both y = p.tensor(spec.outputShape().dims());
                p.engine().images().convolution(spec, x.tested(), weight.tested(), bias.tested(), y.tested());
                p.truth().images().convolution(spec, x.exact(), weight.exact(), bias.exact(), y.exact());
                y.assertEqual(spec.toString());
            }
        });
        CASES.put("convolutionBackwardData", (p, more) -> {
            for (ConvolutionSpec spec : specifications(p)) {
                Both weight = p.ranged(-0.5, 0.5, spec.weightShape().dims());
                Both dy = p.tensor(spec.outputShape().dims());
                Both dx = p.tensor(spec.inputShape().dims());
                p.engine().images().convolutionBackwardData(spec, weight.tested(), dy.tested(), dx.tested(), more);
                p.truth().images().convolutionBackwardData(spec, weight.exact(), dy.exact(), dx.exact(), more);
                dx.assertEqual(spec.toString());
            }
        });
        CASES.put("convolutionBackwardWeights", (p, more) -> {
            for (ConvolutionSpec spec : specifications(p)) {
                Both x = p.tensor(spec.inputShape().dims());
                Both dy = p.tensor(spec.outputShape().dims());
                Both dw = p.tensor(spec.weightShape().dims());
                Both db = more ? p.tensor(spec.outChannels()) : p.tensor(0);
                p.engine().images().convolutionBackwardWeights(spec, x.tested(), dy.tested(), dw.tested(), db.tested());
                p.truth().images().convolutionBackwardWeights(spec, x.exact(), dy.exact(), dw.exact(), db.exact());
                dw.assertEqual("weight of " + spec);
                db.assertEqual("bias of " + spec);
            }
        });
        CASES.put("poolWorkspace", (p, more) -> pool(p, more));
        CASES.put("pool", (p, more) -> pool(p, more));
        CASES.put("poolBackward", (p, more) -> pool(p, more));
        CASES.put("pad", (p, more) -> {
            for (Border border : Border.values()) {
                Edges edges = edges(p.random());
                Both x = p.tensor(2, 3 + p.size(), 3 + p.size(), p.size());
                Both y = p.tensor(edges.around(x.shape()).dims());
                p.engine().images().pad(edges, border, x.tested(), y.tested());
                p.truth().images().pad(edges, border, x.exact(), y.exact());
                y.assertEqual(border + " " + edges);
            }
        });
        CASES.put("padBackward", (p, more) -> {
            for (Border border : Border.values()) {
                Edges edges = edges(p.random());
                Both dx = p.tensor(2, 3 + p.size(), 3 + p.size(), p.size());
                Both dy = p.tensor(edges.around(dx.shape()).dims());
                p.engine().images().padBackward(edges, border, dy.tested(), dx.tested(), more);
                p.truth().images().padBackward(edges, border, dy.exact(), dx.exact(), more);
                dx.assertEqual(border + " " + edges);
            }
        });
        CASES.put("pixelShuffle", (p, more) -> {
            int f = 1 + p.random().nextInt(4);
            int c = 1 + p.random().nextInt(5);
            Both x = p.tensor(2, p.size(), p.size(), c * f * f);
            Both y = p.tensor(2, x.shape().dim(1) * f, x.shape().dim(2) * f, c);
            p.engine().images().pixelShuffle(f, x.tested(), y.tested(), more);
            p.truth().images().pixelShuffle(f, x.exact(), y.exact(), more);
            y.assertEqual("pixelShuffle " + f);
        });
        CASES.put("pixelUnshuffle", (p, more) -> {
            int f = 1 + p.random().nextInt(4);
            int c = 1 + p.random().nextInt(5);
            Both y = p.tensor(2, p.size(), p.size(), c * f * f);
            Both x = p.tensor(2, y.shape().dim(1) * f, y.shape().dim(2) * f, c);
            p.engine().images().pixelUnshuffle(f, x.tested(), y.tested(), more);
            p.truth().images().pixelUnshuffle(f, x.exact(), y.exact(), more);
            y.assertEqual("pixelUnshuffle " + f);
        });
        CASES.put("prelu", (p, more) -> prelu(p, more));
        CASES.put("preluBackward", (p, more) -> prelu(p, more));
        CASES.put("groupNorm", (p, more) -> normalize(p));
        CASES.put("groupNormBackward", (p, more) -> normalize(p));
    }

    private static void pool(KernelPair p, boolean more) {
        RandomGenerator random = p.random();
        Window any = new Window(
                2 + random.nextInt(3),
                2 + random.nextInt(3),
                1 + random.nextInt(4),
                1 + random.nextInt(4),
                1,
                new Edges(random.nextInt(2), random.nextInt(2), random.nextInt(2), random.nextInt(2)));
        for (Window window : List.of(any, Window.square(1), Window.square(2).withStride(2))) {
            for (PoolSpec.Kind kind : PoolSpec.Kind.values()) {
                PoolSpec spec = new PoolSpec(kind, 2, 4 + p.size(), 4 + p.size(), p.size(), window, true);
                Both x = p.tensor(spec.inputShape().dims());
                Both y = p.tensor(spec.outputShape().dims());
                ImageKernels tested = p.engine().images();
                ImageKernels truth = p.truth().images();
                Tensor workspace = p.make(p.engine(), tested.poolWorkspace(spec));
                Tensor exact = p.make(p.truth(), truth.poolWorkspace(spec));
                tested.pool(spec, x.tested(), y.tested(), workspace);
                truth.pool(spec, x.exact(), y.exact(), exact);
                y.assertEqual(spec.toString());
                Both dy = p.tensor(spec.outputShape().dims());
                Both dx = p.tensor(spec.inputShape().dims());
                tested.poolBackward(spec, workspace, dy.tested(), dx.tested(), more);
                truth.poolBackward(spec, exact, dy.exact(), dx.exact(), more);
                dx.assertEqual("gradient of " + spec);
                PoolSpec inference = new PoolSpec(kind, 2, spec.height(), spec.width(), spec.channels(), window, false);
                Both again = p.tensor(spec.outputShape().dims());
                tested.pool(inference, x.tested(), again.tested(), p.make(p.engine(), Shape.of(0)));
                new Both(again.tested(), y.exact()).assertEqual("inference " + spec);
            }
        }
    }

    private static void prelu(KernelPair p, boolean more) {
        int channels = p.size();
        Both x = p.tensor(2, p.size(), p.size(), channels);
        Both slope = p.tensor(more ? channels : 1);
        Both y = p.tensor(x.shape().dims());
        p.engine().images().prelu(x.tested(), slope.tested(), y.tested());
        p.truth().images().prelu(x.exact(), slope.exact(), y.exact());
        y.assertEqual("prelu");
        Both dy = p.tensor(x.shape().dims());
        Both dx = p.tensor(x.shape().dims());
        Both dSlope = p.tensor(slope.shape().dims());
        p.engine().images().preluBackward(x.tested(), slope.tested(), dy.tested(), dx.tested(), dSlope.tested());
        p.truth().images().preluBackward(x.exact(), slope.exact(), dy.exact(), dx.exact(), dSlope.exact());
        dx.assertEqual("dx");
        dSlope.assertEqual("dSlope");
    }

    private static void normalize(KernelPair p) {
        int groups = 1 + p.random().nextInt(4);
        int channels = groups * (1 + p.random().nextInt(5));
        double mean = p.random().nextBoolean() ? 0 : 20;
        Both x = p.ranged(mean - 1.5, mean + 1.5, 2, 2 + p.size(), 2 + p.size(), channels);
        Both gain = p.tensor(channels);
        Both bias = p.tensor(channels);
        Both y = p.tensor(x.shape().dims());
        Both stats = p.tensor(2, 2, groups);
        ImageKernels tested = p.engine().images();
        ImageKernels truth = p.truth().images();
        tested.groupNorm(groups, x.tested(), gain.tested(), bias.tested(), 1e-3, y.tested(), stats.tested());
        truth.groupNorm(groups, x.exact(), gain.exact(), bias.exact(), 1e-3, y.exact(), stats.exact());
        y.assertEqual("groupNorm");
        stats.assertEqual("statistics");
        Both dy = p.tensor(x.shape().dims());
        Both dx = p.tensor(x.shape().dims());
        Both dGain = p.tensor(channels);
        Both dBias = p.tensor(channels);
        tested.groupNormBackward(
                groups,
                x.tested(),
                gain.tested(),
                1e-3,
                stats.tested(),
                dy.tested(),
                dx.tested(),
                dGain.tested(),
                dBias.tested());
        truth.groupNormBackward(
                groups,
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

    /** Any, and the boundaries: kernels larger than the image, strides larger than the kernel, one pixel, wide groups. */
    private static List<ConvolutionSpec> specifications(KernelPair p) {
        List<ConvolutionSpec> all = new ArrayList<>();
        RandomGenerator random = p.random();
        boolean relu = random.nextBoolean();
        Window any = new Window(
                1 + random.nextInt(4),
                1 + random.nextInt(4),
                1 + random.nextInt(3),
                1 + random.nextInt(3),
                1 + random.nextInt(2),
                edges(random));
        int groups = 1 + random.nextInt(3);
        all.add(new ConvolutionSpec(
                1 + random.nextInt(3),
                any.spanY() + random.nextInt(9),
                any.spanX() + random.nextInt(9),
                groups * p.size(),
                groups * p.size(),
                any,
                groups,
                relu));
        all.add(new ConvolutionSpec(2, 5, 7, p.size(), p.size(), Window.same(3), 1, relu));
        all.add(new ConvolutionSpec(1, 2, 3, 3, 5, Window.same(7), 1, relu));
        all.add(new ConvolutionSpec(2, 9, 8, 4, 3, Window.square(2).withStride(3), 1, relu));
        all.add(new ConvolutionSpec(1, 1, 1, 1, 1, Window.square(1), 1, relu));
        // To one channel: from many channels the taps become channels.
        int many = 2 * any.height() * any.width() + p.size();
        all.add(new ConvolutionSpec(2, any.spanY() + 5, any.spanX() + 3, many, 1, any, 1, relu));
        all.add(new ConvolutionSpec(2, 5, 7, 19, 1, Window.same(3), 1, relu));
        // Many channels and windows of 3x3: by Winograd's tiles, of which some reach beyond the image.
        Window three = Window.square(3).withPadding(edges(random));
        all.add(new ConvolutionSpec(3, 9 + random.nextInt(4), 9 + random.nextInt(4), 64, 60, three, 1, relu));
        int channels = p.size();
        all.add(new ConvolutionSpec(1, 6, 5, channels, channels, Window.same(3), channels, relu));
        return all;
    }

    private static Edges edges(RandomGenerator random) {
        return new Edges(random.nextInt(3), random.nextInt(3), random.nextInt(3), random.nextInt(3));
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
        Set<String> kernels = Arrays.stream(ImageKernels.class.getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(new TreeSet<>(CASES.keySet())).isEqualTo(kernels);
    }
}
