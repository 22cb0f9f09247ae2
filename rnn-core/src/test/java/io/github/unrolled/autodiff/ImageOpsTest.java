package io.github.unrolled.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Backends;
import io.github.unrolled.engine.Border;
import io.github.unrolled.engine.Edges;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.engine.Window;
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

/** The gradient of every operation on images equals central differences, in double. */
final class ImageOpsTest {
    /** Sources of shapes [2, 5, 4, 4], [3, 3, 4, 6], [3, 3, 2, 6] and [6]. */
    private record Inputs(Variable x, Variable weight, Variable grouped, Variable bias) {}

    private static final Map<String, Function<Inputs, Variable>> CASES = new LinkedHashMap<>();

    static {
        Window uneven = new Window(3, 3, 2, 1, 1, new Edges(1, 2, 0, 1));
        CASES.put(
                "convolution",
                in -> ImageOps.convolution(new ImageOps.Convolution(Window.same(3)), in.x, in.weight, in.bias));
        CASES.put(
                "convolution, strides and relu",
                in -> ImageOps.convolution(new ImageOps.Convolution(uneven, 1, true), in.x, in.weight, in.bias));
        CASES.put(
                "convolution, groups and dilation",
                in -> ImageOps.convolution(
                        new ImageOps.Convolution(Window.same(3).withDilation(2).withPadding(Edges.all(2)), 2, false),
                        in.x,
                        in.grouped,
                        in.bias));
        // One weight at two places: gradients add up.
        CASES.put("convolution, recursive", in -> {
            Variable square = Ops.columns(in.weight, 0, 4);
            Variable bias = Ops.slice(in.bias, 0, 4);
            ImageOps.Convolution how = new ImageOps.Convolution(Window.same(3));
            Variable once = Ops.tanh(ImageOps.convolution(how, in.x, square, bias));
            return ImageOps.convolution(how, Ops.add(once, in.x), square, bias);
        });
        CASES.put(
                "transposedConvolution",
                in -> ImageOps.transposedConvolution(
                        new ImageOps.Convolution(Window.square(3).withStride(2).withPadding(Edges.all(1))),
                        1,
                        Ops.columns(in.x, 0, 4),
                        Ops.reshape(in.weight, Shape.of(3, 3, 6, 4)),
                        in.bias));
        // Groups, relu, and an input that is used before as well.
        CASES.put(
                "transposedConvolution, groups",
                in -> Ops.sum(Ops.multiply(
                        ImageOps.transposedConvolution(
                                new ImageOps.Convolution(Window.square(3), 2, true),
                                0,
                                in.x,
                                Ops.reshape(in.grouped, Shape.of(3, 3, 3, 4)),
                                in.bias),
                        Ops.sum(in.x))));
        Window half = Window.square(2).withStride(2);
        CASES.put("maxPool", in -> ImageOps.maxPool(half.withPadding(new Edges(1, 0, 0, 1)), in.x));
        CASES.put("averagePool", in -> ImageOps.averagePool(half.withPadding(new Edges(1, 0, 0, 1)), in.x));
        CASES.put("globalAverage", in -> ImageOps.globalAverage(in.x));
        CASES.put("pad", in -> ImageOps.pad(new Edges(1, 2, 3, 0), Border.REFLECT, in.x));
        CASES.put(
                "pad, used twice",
                in -> Ops.sum(
                        Ops.multiply(ImageOps.pad(Edges.all(2), Border.REPLICATE, in.x), Ops.sum(Ops.tanh(in.x)))));
        CASES.put("crop", in -> ImageOps.crop(new Edges(1, 0, 0, 2), in.x));
        CASES.put("pixelShuffle", in -> ImageOps.pixelShuffle(2, in.x));
        CASES.put("pixelUnshuffle", in -> ImageOps.pixelUnshuffle(2, ImageOps.crop(new Edges(1, 0, 0, 0), in.x)));
        CASES.put("prelu", in -> ImageOps.prelu(in.x, Ops.slice(in.bias, 0, 4)));
        CASES.put(
                "prelu, one slope, used twice",
                in -> Ops.multiply(in.x, ImageOps.prelu(in.x, Ops.slice(in.bias, 1, 2))));
        CASES.put("leakyRelu", in -> ImageOps.leakyRelu(in.x, 0.1));
        CASES.put(
                "groupNorm",
                in -> ImageOps.groupNorm(2, in.x, Ops.slice(in.bias, 0, 4), Ops.tanh(Ops.slice(in.bias, 2, 6)), 1e-2));
        CASES.put("clip", in -> ImageOps.clip(in.x, -0.5, 0.75));
    }

    static Stream<String> operations() {
        return CASES.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void gradientEqualsDifferences(String operation) {
        Backend backend = new ReferenceBackend(ElementType.FLOAT64);
        RandomGenerator random = new Seed(4).generator();
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("x", random(backend, random, 2, 5, 4, 4));
        tensors.put("weight", random(backend, random, 3, 3, 4, 6));
        tensors.put("grouped", random(backend, random, 3, 3, 2, 6));
        tensors.put("bias", random(backend, random, 6));
        Map<String, Variable> sources = new LinkedHashMap<>();
        try (Engine engine = backend.newEngine(1);
                Tape tape = Tape.recording(engine)) {
            GradientCheck.check(
                    tape,
                    t -> {
                        tensors.forEach((name, tensor) -> sources.put(name, t.source(tensor)));
                        Inputs in = new Inputs(
                                source(sources, "x"),
                                source(sources, "weight"),
                                source(sources, "grouped"),
                                source(sources, "bias"));
                        return GradientCheck.mixed(
                                List.of(CASES.getOrDefault(operation, i -> i.x).apply(in)));
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
        TreeSet<String> operations = Arrays.stream(ImageOps.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        TreeSet<String> tested = CASES.keySet().stream()
                .map(name -> name.replaceAll(",.*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(tested).isEqualTo(operations);
    }

    @Test
    void imagesOfAnotherRankAreRefused() {
        Backend backend = Backends.named("onednn");
        try (Engine engine = backend.newEngine(1);
                Tape tape = Tape.inference(engine)) {
            Variable x = tape.constant(tape.zeros(Shape.of(3, 2, 5, 4, 4)));
            Variable weight = tape.constant(tape.zeros(Shape.of(3, 3, 4, 6)));
            Variable bias = tape.constant(tape.zeros(Shape.of(6)));
            assertThatThrownBy(() -> ImageOps.convolution(new ImageOps.Convolution(Window.same(3)), x, weight, bias))
                    .isInstanceOf(ShapeException.class)
                    .hasMessage("convolution: the input is [3, 2, 5, 4, 4], expected images [batch, height, width, "
                            + "channels]; reshape a sequence of images to one batch");
        }
    }
}
