package io.github.unrolled.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.unrolled.engine.Engine;
import io.github.unrolled.engine.RecurrentKind;
import io.github.unrolled.engine.RecurrentSequence;
import io.github.unrolled.engine.RecurrentSpec;
import io.github.unrolled.engine.RecurrentWeights;
import io.github.unrolled.tensor.ElementType;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The fused recurrent kernels against the formulas of {@link RecurrentKind}, written out unit by unit for two hidden
 * units and one input. The weights are all different, so that a gate, a row or a column in the wrong place shows. The
 * GRU with reset before the product has no counterpart in PyTorch: this is its independent calculation.
 */
final class ReferenceRecurrentTest {
    private static final double X = 0.7;
    private static final double[] H = {0.3, -0.8};
    private static final double[] C = {-0.4, 0.9};

    private final ReferenceBackend backend = new ReferenceBackend(ElementType.FLOAT64);

    /** One step from H and C; weight number n is 0.1 · n - 0.6, wrapped so that all stay small. */
    private static final class OneStep {
        final RecurrentKind kind;
        final double[] w;
        final double[] u;
        final double[] b;

        OneStep(RecurrentKind kind) {
            this.kind = kind;
            this.w = numbers(2 * kind.gates(), 1);
            this.u = numbers(4 * kind.gates(), 5);
            this.b = numbers(2 * kind.biases(), 11);
        }

        static double[] numbers(int count, int start) {
            double[] values = new double[count];
            for (int i = 0; i < count; i++) {
                values[i] = 0.1 * ((start + 7 * i) % 17) - 0.8;
            }
            return values;
        }

        /** x W + h U + b of a gate, for one unit. */
        double sum(int gate, int unit) {
            return fromInput(gate, unit) + b[2 * gate + unit] + fromState(gate, unit, H[0], H[1]);
        }

        double fromInput(int gate, int unit) {
            return X * w[2 * gate + unit];
        }

        double fromState(int gate, int unit, double first, double second) {
            int row = 2 * kind.gates();
            return first * u[2 * gate + unit] + second * u[row + 2 * gate + unit];
        }
    }

    private static double logistic(double x) {
        return 0.5 * (1 + Math.tanh(x / 2));
    }

    private RecurrentSequence run(OneStep step) {
        RecurrentSpec spec = new RecurrentSpec(step.kind, 1, 1, 1, 2, false);
        try (Engine engine = backend.newEngine(1)) {
            List<Tensor> before = new ArrayList<>(List.of(make(spec.stateShape(), H)));
            List<Tensor> after = new ArrayList<>(List.of(make(spec.stateShape(), 0, 0)));
            if (step.kind.states() == 2) {
                before.add(make(spec.stateShape(), C));
                after.add(make(spec.stateShape(), 0, 0));
            }
            RecurrentSequence out = new RecurrentSequence(make(spec.outputShape(), 0, 0), after);
            engine.recurrentForward(
                    spec,
                    new RecurrentSequence(make(spec.inputShape(), X), before),
                    new RecurrentWeights(
                            make(spec.weightInputShape(), step.w),
                            make(spec.weightHiddenShape(), step.u),
                            make(spec.biasShape(), step.b)),
                    out,
                    Tensor.allocate(backend, engine.recurrentWorkspace(spec)));
            return out;
        }
    }

    private Tensor make(Shape shape, double... values) {
        return Tensor.allocate(backend, shape).set(values);
    }

    private static void assertHidden(RecurrentSequence out, double first, double second) {
        double[] expected = {first, second};
        assertThat(out.sequence().toDoubles()).containsExactly(expected, within(1e-14));
        assertThat(out.states().get(0).toDoubles()).containsExactly(expected, within(1e-14));
    }

    @Test
    void tanh() {
        OneStep s = new OneStep(RecurrentKind.RNN_TANH);
        assertHidden(run(s), Math.tanh(s.sum(0, 0)), Math.tanh(s.sum(0, 1)));
    }

    @Test
    void relu() {
        OneStep s = new OneStep(RecurrentKind.RNN_RELU);
        assertThat(s.sum(0, 0) * s.sum(0, 1))
                .as("one unit is on, the other off")
                .isNegative();
        assertHidden(run(s), Math.max(0, s.sum(0, 0)), Math.max(0, s.sum(0, 1)));
    }

    @Test
    void lstm() {
        OneStep s = new OneStep(RecurrentKind.LSTM);
        double[] c = new double[2];
        double[] h = new double[2];
        for (int j = 0; j < 2; j++) {
            double i = logistic(s.sum(0, j));
            double f = logistic(s.sum(1, j));
            double g = Math.tanh(s.sum(2, j));
            double o = logistic(s.sum(3, j));
            c[j] = f * C[j] + i * g;
            h[j] = o * Math.tanh(c[j]);
        }
        RecurrentSequence out = run(s);
        assertHidden(out, h[0], h[1]);
        assertThat(out.states().get(1).toDoubles()).containsExactly(c, within(1e-14));
    }

    @Test
    void gruWithResetBeforeTheProduct() {
        OneStep s = new OneStep(RecurrentKind.GRU_RESET_BEFORE);
        double first = logistic(s.sum(1, 0)) * H[0];
        double second = logistic(s.sum(1, 1)) * H[1];
        double[] h = new double[2];
        for (int j = 0; j < 2; j++) {
            double u = logistic(s.sum(0, j));
            double o = Math.tanh(s.fromInput(2, j) + s.b[4 + j] + s.fromState(2, j, first, second));
            h[j] = u * H[j] + (1 - u) * o;
        }
        assertHidden(run(s), h[0], h[1]);
    }

    @Test
    void gruWithResetAfterTheProduct() {
        OneStep s = new OneStep(RecurrentKind.GRU_RESET_AFTER);
        double[] h = new double[2];
        for (int j = 0; j < 2; j++) {
            double u = logistic(s.sum(0, j));
            double r = logistic(s.sum(1, j));
            double product = s.fromState(2, j, H[0], H[1]) + s.b[6 + j];
            double o = Math.tanh(s.fromInput(2, j) + s.b[4 + j] + r * product);
            h[j] = u * H[j] + (1 - u) * o;
        }
        assertHidden(run(s), h[0], h[1]);
    }

    @ParameterizedTest
    @EnumSource
    void inferenceKeepsNoWorkspace(RecurrentKind kind) {
        try (Engine engine = backend.newEngine(1)) {
            assertThat(engine.recurrentWorkspace(new RecurrentSpec(kind, 3, 2, 5, 4, false))
                            .elements())
                    .isZero();
            assertThat(engine.recurrentWorkspace(new RecurrentSpec(kind, 3, 2, 5, 4, true))
                            .elements())
                    .isPositive();
        }
    }
}
