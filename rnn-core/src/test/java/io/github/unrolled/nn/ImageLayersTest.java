package io.github.unrolled.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.unrolled.autodiff.ImageOps;
import io.github.unrolled.autodiff.Ops;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
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
import io.github.unrolled.tensor.Tensor;
import io.github.unrolled.testing.GradientCheck;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Layers on images. */
final class ImageLayersTest {
    private static Tensor random(Backend backend, int... dims) {
        RandomGenerator random = new Seed(9).generator();
        Tensor tensor = Tensor.allocate(backend, Shape.of(dims));
        return tensor.set(random.doubles(tensor.elements(), -1, 1).toArray());
    }

    /** One convolution used at three depths: the gradient of its weights is the sum over its uses. */
    @Test
    void aParameterUsedAtSeveralDepthsSumsItsGradients() {
        Backend backend = new ReferenceBackend(ElementType.FLOAT64);
        Parameters parameters = new Parameters(backend, new Seed(3));
        try (Engine engine = backend.newEngine(1);
                Tape tape = Tape.recording(engine);
                Conv2d shared =
                        Conv2d.create(parameters, new Conv2d.Options(2, 2, Window.same(3)).withBorder(Border.REFLECT));
                Tensor x = random(backend, 1, 4, 5, 2)) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            shared.parameters().forEach(p -> tensors.put(p.name(), p.value()));
            GradientCheck.check(
                    tape,
                    t -> {
                        Variable h = t.constant(x);
                        for (int depth = 0; depth < 3; depth++) {
                            h = Ops.add(Ops.tanh(shared.apply(h)), t.constant(x));
                        }
                        return GradientCheck.mixed(List.of(h));
                    },
                    name -> tape.gradient(shared.parameters().stream()
                            .filter(p -> p.name().equals(name))
                            .findFirst()
                            .orElseThrow()),
                    tensors);
        }
    }

    @ParameterizedTest
    @EnumSource(Border.class)
    void withoutATapeIsTheSame(Border border) {
        Backend backend = Backends.named("onednn");
        Conv2d.Options options = new Conv2d.Options(3, 5, Window.same(3).withStride(2)).withBorder(border);
        try (Engine engine = backend.newEngine(1);
                Tape tape = Tape.inference(engine);
                Conv2d layer = Conv2d.create(new Parameters(backend, new Seed(3)), options.withRelu());
                Tensor x = random(backend, 2, 7, 6, 3);
                Tensor y = Tensor.allocate(backend, layer.outputShape(x.shape()))) {
            layer.apply(engine, x, y);
            float[] onTape = layer.apply(tape.constant(x)).value().toFloats();
            assertThat(y.toFloats()).isEqualTo(onTape);
            assertThat(onTape).contains(0f);
        }
    }

    /** Weights packed for oneDNN are packed anew when they change, by a kernel or by hand. */
    @Test
    void changedWeightsCount() {
        Backend backend = Backends.named("onednn");
        try (Engine engine = backend.newEngine(1);
                Conv2d layer = Conv2d.create(
                        new Parameters(backend, new Seed(3)), new Conv2d.Options(3, 5, Window.square(1)));
                Tensor x = random(backend, 1, 2, 2, 3);
                Tensor y = Tensor.allocate(backend, Shape.of(1, 2, 2, 5))) {
            layer.apply(engine, x, y);
            layer.weight().value().fill(0);
            layer.apply(engine, x, y);
            assertThat(y.toFloats()).containsOnly(0);
            try (Tensor gradient =
                            Tensor.allocate(backend, layer.weight().shape()).fill(1);
                    Tensor velocity = Tensor.allocate(backend, layer.weight().shape())) {
                engine.sgd(gradient, 1, 0, 0, 1, layer.weight().value(), velocity);
            }
            layer.apply(engine, x, y);
            assertThat(y.toFloats()).doesNotContain(0);
        }
    }

    /** He initialisation: the variance of rectified activations neither grows nor vanishes over twenty layers. */
    @Test
    void activationsKeepTheirScaleThroughDepth() {
        Backend backend = Backends.named("onednn");
        Parameters parameters = new Parameters(backend, new Seed(5));
        try (Engine engine = backend.newEngine(1);
                Tape tape = Tape.inference(engine);
                Tensor x = random(backend, 1, 16, 16, 32)) {
            Variable h = tape.constant(x);
            for (int i = 0; i < 20; i++) {
                Conv2d layer = Conv2d.create(
                        parameters.scope("" + i),
                        new Conv2d.Options(32, 32, Window.same(3))
                                .withBorder(Border.REFLECT)
                                .withRelu());
                h = layer.apply(h);
                layer.close();
            }
            double square = Arrays.stream(h.value().toDoubles())
                    .map(v -> v * v)
                    .average()
                    .orElse(0);
            // A third at the input, uniform in -1..1.
            assertThat(square).isBetween(0.03, 3.0);
        }
    }

    /** A training step allocates nothing after the first, whatever layers it goes through. */
    @Test
    void memoryIsFlatFromTheSecondStepOn() {
        Backend backend = Backends.named("onednn");
        Parameters parameters = new Parameters(backend, new Seed(5));
        try (Engine engine = backend.newEngine(1);
                Tape tape = Tape.recording(engine);
                Conv2d first = Conv2d.create(parameters.scope("a"), new Conv2d.Options(1, 8, Window.same(3)));
                PRelu rectified = PRelu.create(parameters.scope("b"), 8);
                GroupNorm norm = GroupNorm.create(parameters.scope("c"), 8, 2);
                ConvTranspose2d last = ConvTranspose2d.create(
                        parameters.scope("d"),
                        new ConvTranspose2d.Options(8, 1, Window.square(2).withStride(2)));
                Tensor x = random(backend, 2, 8, 8, 1)) {
            long held = 0;
            for (int step = 0; step < 20; step++) {
                tape.reset();
                Variable h = norm.apply(rectified.apply(first.apply(tape.constant(x))));
                h = ImageOps.maxPool(Window.square(2).withStride(2), h);
                h = ImageOps.pixelUnshuffle(2, last.apply(h));
                tape.backward(Ops.mean(Losses.squared(h, tape.constant(tape.zeros(h.shape())))));
                if (step == 1) {
                    held = backend.nativeBytes();
                }
            }
            assertThat(backend.nativeBytes()).isEqualTo(held);
        }
    }

    @Test
    void transposedConvolutionGrowsByTheStride() {
        Backend backend = Backends.named("onednn");
        Window window = Window.square(3).withStride(2).withPadding(Edges.all(1));
        try (Engine engine = backend.newEngine(1);
                Tape tape = Tape.inference(engine);
                ConvTranspose2d layer = ConvTranspose2d.create(
                        new Parameters(backend, new Seed(3)), new ConvTranspose2d.Options(4, 6, window, 1, 2));
                Tensor x = random(backend, 2, 5, 7, 4)) {
            assertThat(layer.apply(tape.constant(x)).shape()).isEqualTo(Shape.of(2, 10, 14, 6));
            assertThat(layer.parameterCount()).isEqualTo(3 * 3 * 3 * 4 + 6);
        }
    }

    @Test
    void groupNormalisationGivesMeanZeroAndVarianceOne() {
        Backend backend = Backends.named("onednn");
        try (Engine engine = backend.newEngine(1);
                Tape tape = Tape.inference(engine);
                GroupNorm norm = GroupNorm.create(new Parameters(backend, new Seed(3)), 4, 4);
                Tensor x = random(backend, 2, 9, 8, 4)) {
            double[] y = norm.apply(Ops.scale(tape.constant(x), 3, 100)).value().toDoubles();
            for (int channel = 0; channel < 4; channel++) {
                double mean = 0;
                double square = 0;
                for (int pixel = 0; pixel < 72; pixel++) {
                    mean += y[pixel * 4 + channel] / 72;
                    square += y[pixel * 4 + channel] * y[pixel * 4 + channel] / 72;
                }
                assertThat(mean).isCloseTo(0, within(1e-4));
                assertThat(square).isCloseTo(1, within(1e-3));
            }
            assertThatThrownBy(() -> GroupNorm.create(Parameters.zeros(backend), 4, 3))
                    .hasMessage("4 channels do not fall into 3 groups of equal size");
        }
    }

    @Test
    void lossesByHand() {
        Backend backend = new ReferenceBackend(ElementType.FLOAT64);
        try (Engine engine = backend.newEngine(1);
                Tape tape = Tape.recording(engine)) {
            Tensor values = tape.allocate(Shape.of(3)).set(1d, -2, 0.5);
            Variable y = tape.source(values);
            Variable target = tape.constant(tape.allocate(Shape.of(3)).set(0d, 0, 0.5));
            assertThat(Losses.absolute(y, target).value().toDoubles()).containsExactly(1, 2, 0);
            assertThat(Losses.squared(y, target).value().toDoubles()).containsExactly(1, 4, 0);
            assertThat(Losses.charbonnier(y, target, 3).value().toDoubles())
                    .containsExactly(Math.sqrt(10), Math.sqrt(13), 3);
            Tensor weights = tape.allocate(Shape.of(3)).set(1d, 3, 0);
            Variable loss = Losses.weightedMean(Losses.absolute(y, target), weights);
            assertThat(loss.value().scalar()).isEqualTo(7.0 / 4);
            tape.backward(loss);
            assertThat(y.gradient().toDoubles()).containsExactly(0.25, -0.75, 0);
            assertThat(Losses.weightedMean(y, tape.zeros(Shape.of(1))).value().scalar())
                    .isZero();
        }
    }

    @Test
    void lossGradientsEqualDifferences() {
        Backend backend = new ReferenceBackend(ElementType.FLOAT64);
        Map<String, Variable> sources = new LinkedHashMap<>();
        try (Engine engine = backend.newEngine(1);
                Tape tape = Tape.recording(engine);
                Tensor y = random(backend, 2, 3);
                Tensor target = random(backend, 3, 2).reshape(2, 3);
                Tensor weights = Tensor.allocate(backend, Shape.of(2, 1)).set(0.5, 2.0)) {
            GradientCheck.check(
                    tape,
                    t -> {
                        Variable of = t.source(y);
                        sources.put("y", of);
                        Variable shifted = Ops.scale(t.constant(target), 1, 0.3);
                        return Ops.add(
                                Losses.weightedMean(Losses.charbonnier(of, shifted, 0.1), weights),
                                Ops.add(Ops.mean(Losses.absolute(of, shifted)), Ops.mean(Losses.squared(of, shifted))));
                    },
                    name -> Objects.requireNonNull(sources.get(name), name).gradient(),
                    Map.of("y", y));
        }
    }
}
