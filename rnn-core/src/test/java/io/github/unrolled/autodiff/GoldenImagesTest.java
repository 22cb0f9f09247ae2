package io.github.unrolled.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Backends;
import io.github.unrolled.engine.Edges;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.engine.Window;
import io.github.unrolled.engine.reference.ReferenceBackend;
import io.github.unrolled.model.SafeTensors;
import io.github.unrolled.tensor.ElementType;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The operations on images reproduce what PyTorch 1.13 computed in double: values and every gradient, for the loss
 * sum(y · dy). Its images are {@code [batch, channels, height, width]}, its weights {@code [out, in, height, width]}.
 */
final class GoldenImagesTest {
    private interface Function {
        Variable of(Map<String, Variable> inputs);
    }

    @ParameterizedTest
    @ValueSource(strings = {"onednn", "double"})
    void convolutions(String engine) {
        check(engine, "conv-same", in -> convolution(in, Window.same(3), 1));
        check(
                engine,
                "conv-stride2",
                in -> convolution(in, Window.square(5).withStride(2).withPadding(Edges.all(2)), 1));
        check(engine, "conv-groups", in -> convolution(in, Window.square(3), 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"onednn", "double"})
    void others(String engine) {
        Window window = Window.square(4).withStride(2).withPadding(Edges.all(1));
        check(
                engine,
                "conv-transpose",
                in -> ImageOps.transposedConvolution(
                        new ImageOps.Convolution(window), 0, in(in, "x"), in(in, "w"), in(in, "b")));
        check(engine, "pixel-shuffle", in -> ImageOps.pixelShuffle(2, in(in, "x")));
        check(engine, "max-pool", in -> ImageOps.maxPool(Window.square(2).withStride(2), in(in, "x")));
    }

    private static Variable convolution(Map<String, Variable> in, Window window, int groups) {
        return ImageOps.convolution(
                new ImageOps.Convolution(window, groups, false), in(in, "x"), in(in, "w"), in(in, "b"));
    }

    private static Variable in(Map<String, Variable> inputs, String name) {
        return Objects.requireNonNull(inputs.get(name), name);
    }

    private static void check(String kind, String name, Function function) {
        boolean exact = kind.equals("double");
        Backend backend = exact ? new ReferenceBackend(ElementType.FLOAT64) : Backends.named(kind);
        Map<String, Tensor> golden = read(name);
        double tolerance = exact ? 1e-12 : 2e-5;
        try (Engine engine = backend.newEngine(1);
                Tape tape = Tape.recording(engine)) {
            Map<String, Variable> inputs = new LinkedHashMap<>();
            for (String input : List.of("x", "w", "b")) {
                if (golden.containsKey(input)) {
                    inputs.put(input, tape.source(ours(tape, input, tensor(golden, input))));
                }
            }
            Variable y = function.of(inputs);
            assertThat(y.value().toDoubles())
                    .as(name)
                    .containsExactly(ours(tape, "y", tensor(golden, "y")).toDoubles(), within(tolerance));
            Tensor dy = ours(tape, "dy", tensor(golden, "dy"));
            tape.backward(Ops.sum(Ops.multiply(y, tape.constant(dy))));
            inputs.forEach((input, variable) -> assertThat(variable.gradient().toDoubles())
                    .as(name + ", gradient of " + input)
                    .containsExactly(
                            ours(tape, input, tensor(golden, "grad." + input)).toDoubles(), within(tolerance)));
        }
    }

    private static Tensor tensor(Map<String, Tensor> golden, String name) {
        return Objects.requireNonNull(golden.get(name), name);
    }

    /** PyTorch's layout as ours. */
    private static Tensor ours(Tape tape, String name, Tensor theirs) {
        if (theirs.shape().rank() != 4) {
            return tape.allocate(theirs.shape()).set(theirs.toDoubles());
        }
        return name.equals("w") ? permuted(tape, theirs, 2, 3, 1, 0) : permuted(tape, theirs, 0, 2, 3, 1);
    }

    private static Tensor permuted(Tape tape, Tensor from, int... axes) {
        Shape shape = from.shape();
        double[] values = from.toDoubles();
        int[] strides = {shape.dim(1) * shape.dim(2) * shape.dim(3), shape.dim(2) * shape.dim(3), shape.dim(3), 1};
        Shape permuted = Shape.of(shape.dim(axes[0]), shape.dim(axes[1]), shape.dim(axes[2]), shape.dim(axes[3]));
        double[] result = new double[values.length];
        int place = 0;
        for (int a = 0; a < permuted.dim(0); a++) {
            for (int b = 0; b < permuted.dim(1); b++) {
                for (int c = 0; c < permuted.dim(2); c++) {
                    for (int d = 0; d < permuted.dim(3); d++) {
                        result[place++] = values[
                                a * strides[axes[0]]
                                        + b * strides[axes[1]]
                                        + c * strides[axes[2]]
                                        + d * strides[axes[3]]];
                    }
                }
            }
        }
        return tape.allocate(permuted).set(result);
    }

    private static Map<String, Tensor> read(String name) {
        try (InputStream in = Objects.requireNonNull(
                GoldenImagesTest.class.getResourceAsStream("/golden/" + name + ".safetensors"), name)) {
            return SafeTensors.read(name, in.readAllBytes()).tensors();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
