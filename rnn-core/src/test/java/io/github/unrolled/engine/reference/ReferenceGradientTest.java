package io.github.unrolled.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.unrolled.engine.Engine;
import io.github.unrolled.engine.RecurrentKind;
import io.github.unrolled.engine.RecurrentSequence;
import io.github.unrolled.engine.RecurrentSpec;
import io.github.unrolled.engine.RecurrentWeights;
import io.github.unrolled.engine.Unary;
import io.github.unrolled.random.Seed;
import io.github.unrolled.tensor.ElementType;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every kernel with a backward pass against central differences in double. The loss is Σ result · upstream, so that a
 * gradient is what the backward kernel returns for that upstream gradient.
 */
final class ReferenceGradientTest {
    private static final double STEP = 1e-5;
    private static final double TOLERANCE = 1e-8;

    private final ReferenceBackend backend = new ReferenceBackend(ElementType.FLOAT64);
    private final Engine engine = backend.newEngine(1);
    private final RandomGenerator random = new Seed(7).generator();

    @AfterEach
    void close() {
        engine.close();
    }

    private Tensor random(Shape shape) {
        return between(-1, 1, shape);
    }

    private Tensor between(double low, double high, Shape shape) {
        double[] values = random.doubles(shape.elements(), low, high).toArray();
        return Tensor.allocate(backend, shape).set(values);
    }

    private Tensor zeros(Shape shape) {
        return Tensor.allocate(backend, shape);
    }

    /** What a backward kernel overwrites must not depend on what was there. */
    private Tensor junk(Shape shape) {
        return zeros(shape).fill(Double.NaN);
    }

    private static double dot(List<Tensor> a, List<Tensor> b) {
        double sum = 0;
        for (int i = 0; i < a.size(); i++) {
            double[] left = a.get(i).toDoubles();
            double[] right = b.get(i).toDoubles();
            for (int j = 0; j < left.length; j++) {
                sum += left[j] * right[j];
            }
        }
        return sum;
    }

    /** Each gradient is what the loss changes by when one element of its input does. */
    private static void assertGradients(
            List<Tensor> inputs,
            List<Tensor> gradients,
            Runnable forward,
            List<Tensor> results,
            List<Tensor> upstream) {
        for (int k = 0; k < inputs.size(); k++) {
            Tensor input = inputs.get(k);
            double[] kept = input.toDoubles();
            double[] numeric = new double[kept.length];
            for (int i = 0; i < kept.length; i++) {
                double[] moved = kept.clone();
                moved[i] = kept[i] + STEP;
                input.set(moved);
                forward.run();
                double above = dot(results, upstream);
                moved[i] = kept[i] - STEP;
                input.set(moved);
                forward.run();
                numeric[i] = (above - dot(results, upstream)) / (2 * STEP);
            }
            input.set(kept);
            assertThat(gradients.get(k).toDoubles())
                    .as("input %d, %s", k, input)
                    .containsExactly(numeric, within(TOLERANCE));
        }
    }

    @ParameterizedTest
    @EnumSource
    void unary(Unary op) {
        Shape shape = Shape.of(3, 5);
        // The root has no derivative at 0 and none of the others at these places needs care.
        Tensor x = op == Unary.SQRT ? between(0.5, 3, shape) : random(shape);
        Tensor y = junk(shape);
        Tensor dy = random(shape);
        Tensor dx = junk(shape);
        Runnable forward = () -> engine.unary(op, x, y);
        forward.run();
        engine.unaryBackward(op, y, dy, dx, false);
        assertGradients(List.of(x), List.of(dx), forward, List.of(y), List.of(dy));
    }

    @Test
    void layerNorm() {
        Shape shape = Shape.of(2, 2, 5);
        Shape features = Shape.of(5);
        Tensor x = random(shape);
        Tensor gain = random(features);
        Tensor bias = random(features);
        Tensor y = junk(shape);
        Tensor statistics = junk(Shape.of(2, 4));
        Tensor dy = random(shape);
        Tensor dx = junk(shape);
        Tensor dGain = zeros(features);
        Tensor dBias = zeros(features);
        Runnable forward = () -> engine.layerNorm(x, gain, bias, 0.1, y, statistics);
        forward.run();
        engine.layerNormBackward(x, gain, 0.1, statistics, dy, dx, dGain, dBias);
        assertGradients(List.of(x, gain, bias), List.of(dx, dGain, dBias), forward, List.of(y), List.of(dy));
        double[] once = dGain.toDoubles();
        engine.layerNormBackward(x, gain, 0.1, statistics, dy, dx, dGain, dBias);
        for (int i = 0; i < once.length; i++) {
            assertThat(dGain.toDoubles()[i]).as("added to").isCloseTo(2 * once[i], within(1e-12));
        }
    }

    @Test
    void softmaxCrossEntropy() {
        Shape shape = Shape.of(4, 3);
        int[] targets = {2, 0, -5, 1};
        Tensor logits = between(-3, 3, shape);
        Tensor weights = zeros(Shape.of(4)).set(1, 0.3, 0, 2.0);
        Tensor probabilities = junk(shape);
        Tensor loss = junk(Shape.of(1));
        Tensor dLoss = random(Shape.of(1));
        Tensor dLogits = junk(shape);
        Runnable forward = () -> engine.softmaxCrossEntropy(logits, targets, weights, probabilities, loss);
        forward.run();
        engine.softmaxCrossEntropyBackward(probabilities, targets, weights, dLoss, dLogits, false);
        assertGradients(List.of(logits), List.of(dLogits), forward, List.of(loss), List.of(dLoss));
    }

    @ParameterizedTest
    @EnumSource
    void recurrent(RecurrentKind kind) {
        // Four different sizes: an axis in the wrong place cannot go unnoticed.
        RecurrentSpec spec = new RecurrentSpec(kind, 3, 2, 5, 4, true);
        RecurrentSequence in = side(spec, random(spec.inputShape()), false);
        RecurrentSequence out = side(spec, junk(spec.outputShape()), true);
        RecurrentSequence dOut = side(spec, random(spec.outputShape()), false);
        RecurrentSequence dIn = side(spec, junk(spec.inputShape()), true);
        RecurrentWeights weights = new RecurrentWeights(
                random(spec.weightInputShape()), random(spec.weightHiddenShape()), random(spec.biasShape()));
        RecurrentWeights dWeights = new RecurrentWeights(
                zeros(spec.weightInputShape()), zeros(spec.weightHiddenShape()), zeros(spec.biasShape()));
        Tensor workspace = junk(engine.recurrentWorkspace(spec));
        Runnable forward = () -> engine.recurrentForward(spec, in, weights, out, workspace);
        forward.run();
        engine.recurrentBackward(spec, in, weights, out, workspace, dOut, dIn, dWeights);
        assertGradients(joined(all(in), all(weights)), joined(all(dIn), all(dWeights)), forward, all(out), all(dOut));

        forward.run();
        List<double[]> once = all(dWeights).stream().map(Tensor::toDoubles).toList();
        engine.recurrentBackward(spec, in, weights, out, workspace, dOut, dIn, dWeights);
        for (int k = 0; k < once.size(); k++) {
            double[] twice =
                    java.util.Arrays.stream(once.get(k)).map(value -> 2 * value).toArray();
            assertThat(all(dWeights).get(k).toDoubles()).as("added to").containsExactly(twice, within(1e-12));
        }
    }

    private RecurrentSequence side(RecurrentSpec spec, Tensor sequence, boolean junk) {
        List<Tensor> states = new ArrayList<>();
        for (int i = 0; i < spec.kind().states(); i++) {
            states.add(junk ? junk(spec.stateShape()) : random(spec.stateShape()));
        }
        return new RecurrentSequence(sequence, states);
    }

    private static List<Tensor> all(RecurrentSequence side) {
        return joined(List.of(side.sequence()), side.states());
    }

    private static List<Tensor> all(RecurrentWeights weights) {
        return List.of(weights.input(), weights.hidden(), weights.bias());
    }

    private static List<Tensor> joined(List<Tensor> a, List<Tensor> b) {
        return Stream.concat(a.stream(), b.stream()).toList();
    }
}
