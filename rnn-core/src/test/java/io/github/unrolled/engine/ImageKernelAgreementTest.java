package io.github.unrolled.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unrolled.engine.KernelPair.Both;
import io.github.unrolled.random.Seed;
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
