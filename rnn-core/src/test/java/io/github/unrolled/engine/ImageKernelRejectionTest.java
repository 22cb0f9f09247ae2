package io.github.unrolled.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.ShapeException;
import io.github.unrolled.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Arguments that do not fit a kernel on images are refused in one sentence, on every engine, before anything is written. */
final class ImageKernelRejectionTest {
    private static final double UNTOUCHED = 0.25;

    private interface Call {
        void run(ImageKernels kernels, Maker make);
    }

    /** Makes tensors of a shape, all filled with the same value. */
    private record Maker(KernelCalls.Owner owner) {
        Tensor t(int... dims) {
            return owner.filled(Shape.of(dims), UNTOUCHED);
        }
    }

    private record Bad(String kernel, String message, Call call) {
        @Override
        public String toString() {
            return kernel + ": " + message;
        }
    }

    private static final List<Bad> CASES = new ArrayList<>();

    private static void bad(String kernel, String message, Call call) {
        CASES.add(new Bad(kernel, message, call));
    }

    static {
        ConvolutionSpec c = new ConvolutionSpec(2, 5, 4, 3, 6, Window.same(3), 1, false);
        String over = "in the same memory; allocate another tensor for the result";
        bad(
                "convolution",
                "the input is [2, 3, 5, 4], expected [2, 5, 4, 3]",
                (k, m) -> k.convolution(c, m.t(2, 3, 5, 4), m.t(3, 3, 3, 6), m.t(6), m.t(2, 5, 4, 6)));
        bad(
                "convolution",
                "the weight is [6, 3, 3, 3], expected [3, 3, 3, 6]",
                (k, m) -> k.convolution(c, m.t(2, 5, 4, 3), m.t(6, 3, 3, 3), m.t(6), m.t(2, 5, 4, 6)));
        bad(
                "convolution",
                "the bias is [3], expected [6]",
                (k, m) -> k.convolution(c, m.t(2, 5, 4, 3), m.t(3, 3, 3, 6), m.t(3), m.t(2, 5, 4, 6)));
        bad(
                "convolution",
                "the result is [2, 3, 2, 6], expected [2, 5, 4, 6]",
                (k, m) -> k.convolution(c, m.t(2, 5, 4, 3), m.t(3, 3, 3, 6), m.t(6), m.t(2, 3, 2, 6)));
        bad("convolution", over, (k, m) -> {
            ConvolutionSpec same = new ConvolutionSpec(2, 5, 4, 3, 3, Window.same(3), 1, false);
            Tensor x = m.t(2, 5, 4, 3);
            k.convolution(same, x, m.t(3, 3, 3, 3), m.t(3), x);
        });
        bad(
                "convolutionBackwardData",
                "dx is [2, 5, 4, 6], expected [2, 5, 4, 3]",
                (k, m) -> k.convolutionBackwardData(c, m.t(3, 3, 3, 6), m.t(2, 5, 4, 6), m.t(2, 5, 4, 6), false));
        bad(
                "convolutionBackwardData",
                "dy is [2, 5, 4, 3], expected [2, 5, 4, 6]",
                (k, m) -> k.convolutionBackwardData(c, m.t(3, 3, 3, 6), m.t(2, 5, 4, 3), m.t(2, 5, 4, 3), false));
        bad(
                "convolutionBackwardWeights",
                "dWeight is [3, 3, 6, 3]",
                (k, m) -> k.convolutionBackwardWeights(c, m.t(2, 5, 4, 3), m.t(2, 5, 4, 6), m.t(3, 3, 6, 3), m.t(6)));
        bad(
                "convolutionBackwardWeights",
                "dBias is [5]",
                (k, m) -> k.convolutionBackwardWeights(c, m.t(2, 5, 4, 3), m.t(2, 5, 4, 6), m.t(3, 3, 3, 6), m.t(5)));
        PoolSpec p =
                new PoolSpec(PoolSpec.Kind.MAX, 2, 4, 4, 3, Window.square(2).withStride(2), true);
        PoolSpec inference =
                new PoolSpec(PoolSpec.Kind.MAX, 2, 4, 4, 3, Window.square(2).withStride(2), false);
        bad(
                "pool",
                "the input is [2, 4, 4, 2], expected [2, 4, 4, 3]",
                (k, m) -> k.pool(inference, m.t(2, 4, 4, 2), m.t(2, 2, 2, 3), m.t(0)));
        bad(
                "pool",
                "the result is [2, 4, 4, 3], expected [2, 2, 2, 3]",
                (k, m) -> k.pool(inference, m.t(2, 4, 4, 3), m.t(2, 4, 4, 3), m.t(0)));
        bad("pool", "the workspace is [1], expected", (k, m) -> k.pool(p, m.t(2, 4, 4, 3), m.t(2, 2, 2, 3), m.t(1)));
        bad(
                "poolBackward",
                "keeps no workspace",
                (k, m) -> k.poolBackward(inference, m.t(0), m.t(2, 2, 2, 3), m.t(2, 4, 4, 3), false));
        bad(
                "poolBackward",
                "the workspace is [1], expected",
                (k, m) -> k.poolBackward(p, m.t(1), m.t(2, 2, 2, 3), m.t(2, 4, 4, 3), false));
        bad(
                "pad",
                "the padded image is [1, 4, 4, 1], expected [1, 5, 4, 1]",
                (k, m) -> k.pad(new Edges(1, 1, 0, 1), Border.ZERO, m.t(1, 3, 3, 1), m.t(1, 4, 4, 1)));
        bad(
                "pad",
                "the image is [3, 3], expected images [batch, height, width, channels]",
                (k, m) -> k.pad(Edges.all(1), Border.ZERO, m.t(3, 3), m.t(5, 5)));
        bad(
                "pad",
                "too small for padding REFLECT by 3 above, 0 below, 0 left, 0 right; expected at least 4 x 1",
                (k, m) -> k.pad(new Edges(3, 0, 0, 0), Border.REFLECT, m.t(1, 3, 3, 1), m.t(1, 6, 3, 1)));
        bad(
                "padBackward",
                "the padded image is [1, 3, 3, 1]",
                (k, m) -> k.padBackward(Edges.all(1), Border.ZERO, m.t(1, 3, 3, 1), m.t(1, 3, 3, 1), false));
        bad(
                "pixelShuffle",
                "6 channels of [1, 2, 2, 6] do not become pixels by a factor of 2",
                (k, m) -> k.pixelShuffle(2, m.t(1, 2, 2, 6), m.t(1, 4, 4, 1), false));
        bad(
                "pixelShuffle",
                "the image of many pixels is [1, 4, 4, 1], expected [1, 4, 4, 2]",
                (k, m) -> k.pixelShuffle(2, m.t(1, 2, 2, 8), m.t(1, 4, 4, 1), false));
        bad(
                "pixelUnshuffle",
                "the image of many pixels is [1, 5, 4, 2], expected [1, 4, 4, 2]",
                (k, m) -> k.pixelUnshuffle(2, m.t(1, 5, 4, 2), m.t(1, 2, 2, 8), false));
        bad("prelu", "the slope has 2 elements, expected 3", (k, m) -> k.prelu(m.t(2, 3), m.t(2), m.t(2, 3)));
        bad("prelu", "expected [2, 3]", (k, m) -> k.prelu(m.t(2, 3), m.t(3), m.t(3, 2)));
        bad(
                "preluBackward",
                "dSlope has 1 elements, expected 3",
                (k, m) -> k.preluBackward(m.t(2, 3), m.t(3), m.t(2, 3), m.t(2, 3), m.t(1)));
        bad(
                "groupNorm",
                "6 channels do not fall into 4 groups",
                (k, m) -> k.groupNorm(4, m.t(1, 2, 2, 6), m.t(6), m.t(6), 0.1, m.t(1, 2, 2, 6), m.t(2, 1, 4)));
        bad(
                "groupNorm",
                "the statistics is [2, 1, 3], expected [2, 1, 2]",
                (k, m) -> k.groupNorm(2, m.t(1, 2, 2, 6), m.t(6), m.t(6), 0.1, m.t(1, 2, 2, 6), m.t(2, 1, 3)));
        bad(
                "groupNorm",
                "the gain has 2 elements, expected 6",
                (k, m) -> k.groupNorm(2, m.t(1, 2, 2, 6), m.t(2), m.t(6), 0.1, m.t(1, 2, 2, 6), m.t(2, 1, 2)));
        bad(
                "groupNormBackward",
                "a vector has 2 elements, expected 6",
                (k, m) -> k.groupNormBackward(
                        2,
                        m.t(1, 2, 2, 6),
                        m.t(6),
                        0.1,
                        m.t(2, 1, 2),
                        m.t(1, 2, 2, 6),
                        m.t(1, 2, 2, 6),
                        m.t(6),
                        m.t(2)));
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
            assertThatThrownBy(() -> bad.call.run(engine.images(), new Maker(owner)))
                    .isInstanceOf(ShapeException.class)
                    .hasMessageStartingWith(bad.kernel)
                    .hasMessageContaining(bad.message);
            for (Tensor tensor : owner.tensors()) {
                assertThat(Arrays.stream(tensor.toDoubles()).boxed()).allMatch(value -> value == UNTOUCHED);
            }
        }
    }

    @Test
    void noKernelIsForgotten() {
        Set<String> kernels = Arrays.stream(ImageKernels.class.getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .map(java.lang.reflect.Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        // Its argument was checked when it was made.
        kernels.remove("poolWorkspace");
        assertThat(new TreeSet<>(CASES.stream().map(Bad::kernel).toList())).isEqualTo(kernels);
    }

    @Test
    void specificationsThatCannotBeAreRefused() {
        assertThatThrownBy(() -> new ConvolutionSpec(1, 4, 9, 3, 3, Window.square(5), 1, false))
                .isInstanceOf(ShapeException.class)
                .hasMessage("a window spans 5 rows and the image has 4 and 0 of padding; take a smaller window, more "
                        + "padding or a larger image");
        assertThatThrownBy(() -> new ConvolutionSpec(1, 4, 4, 3, 4, Window.square(1), 2, false))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("3 to 4 channels in 2 groups");
        assertThatThrownBy(() -> new PoolSpec(
                        PoolSpec.Kind.MAX, 1, 4, 4, 3, Window.square(2).withPadding(Edges.all(2)), false))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("less padding than the window is large");
        assertThatThrownBy(() -> new Edges(0, -1, 0, 0))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("-1 below");
        assertThatThrownBy(() -> Window.same(4))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("has no middle");
        assertThatThrownBy(() -> Window.square(3).withStride(0))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("strides 0 and 0");
        assertThatThrownBy(() -> Edges.all(2).within(Shape.of(1, 4, 9, 1)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("leave nothing of images [1, 4, 9, 1]");
    }

    @Test
    void bordersContinueTheImage() {
        int[] positions = {-2, -1, 0, 2, 3, 4};
        assertThat(Arrays.stream(positions).map(at -> Border.ZERO.source(at, 3)))
                .containsExactly(-1, -1, 0, 2, -1, -1);
        assertThat(Arrays.stream(positions).map(at -> Border.REPLICATE.source(at, 3)))
                .containsExactly(0, 0, 0, 2, 2, 2);
        assertThat(Arrays.stream(positions).map(at -> Border.REFLECT.source(at, 3)))
                .containsExactly(2, 1, 0, 2, 1, 0);
    }
}
