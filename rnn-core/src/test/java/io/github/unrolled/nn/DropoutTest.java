package io.github.unrolled.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.engine.reference.ReferenceBackend;
import io.github.unrolled.nn.cell.Gru;
import io.github.unrolled.nn.cell.Lstm;
import io.github.unrolled.nn.cell.VanillaRnn;
import io.github.unrolled.random.Seed;
import io.github.unrolled.tensor.ElementType;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;
import io.github.unrolled.testing.GradientCheck;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Recurrent dropout, one draw of the weights a sequence, and variational dropout, one draw of the units a sequence. */
final class DropoutTest {
    private static final int INPUT = 3;
    private static final int HIDDEN = 6;
    private static final int TIME = 4;
    private static final int BATCH = 2;
    private static final double DROPOUT = 0.4;

    private enum Kind {
        RNN,
        LSTM,
        LSTM_STEPWISE,
        GRU_AFTER,
        GRU_BEFORE,
        STACKED
    }

    private final Backend backend = new ReferenceBackend(ElementType.FLOAT64);
    private final Tensor x = Tensor.allocate(backend, Shape.of(TIME, BATCH, INPUT))
            .set(new Seed(3).generator().doubles(TIME * BATCH * INPUT, -1, 1).toArray());

    private Cell<?> cell(Kind kind, double dropout) {
        Parameters p = new Parameters(backend, new Seed(1));
        return switch (kind) {
            case RNN -> new VanillaRnn(p, new VanillaRnn.Options(INPUT, HIDDEN, VanillaRnn.Activation.TANH, dropout));
            case LSTM -> new Lstm(p, new Lstm.Options(INPUT, HIDDEN, false, false, dropout));
            case LSTM_STEPWISE -> new Lstm(p, new Lstm.Options(INPUT, HIDDEN, true, true, dropout));
            case GRU_AFTER -> new Gru(p, new Gru.Options(INPUT, HIDDEN, Gru.Reset.AFTER, dropout));
            case GRU_BEFORE -> new Gru(p, new Gru.Options(INPUT, HIDDEN, Gru.Reset.BEFORE, dropout));
            case STACKED ->
                new Stacked(
                        List.of(
                                new VanillaRnn(p.scope("0"), new VanillaRnn.Options(INPUT, HIDDEN)),
                                new Gru(p.scope("1"), new Gru.Options(HIDDEN, HIDDEN)),
                                new Lstm(p.scope("2"), new Lstm.Options(HIDDEN, HIDDEN))),
                        dropout);
        };
    }

    private static RandomGenerator random() {
        return new Seed(8).generator();
    }

    private static <S extends State<S>> Variable outputs(Cell<S> cell, Tape tape, Variable input) {
        return cell.unroll(tape, input, cell.zeroState(tape, BATCH)).outputs();
    }

    private static <S extends State<S>> Variable stepwise(Cell<S> cell, Tape tape, Variable input) {
        return Unroll.stepwise(cell, tape, input, cell.zeroState(tape, BATCH), Mask.none())
                .outputs();
    }

    @ParameterizedTest
    @EnumSource
    void gradientsEqualDifferences(Kind kind) {
        try (Cell<?> cell = cell(kind, DROPOUT);
                Engine engine = backend.newEngine(1);
                Tape tape = Tape.recording(engine)) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            Map<String, Parameter> parameters = new LinkedHashMap<>();
            for (Parameter parameter : cell.parameters()) {
                tensors.put(parameter.name(), parameter.value());
                parameters.put(parameter.name(), parameter);
            }
            GradientCheck.check(
                    tape,
                    t -> {
                        t.reset(random());
                        return GradientCheck.mixed(List.of(outputs(cell, t, t.constant(x))));
                    },
                    name -> tape.gradient(java.util.Objects.requireNonNull(parameters.get(name))),
                    tensors);
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneDrawHoldsForTheWholeSequence(Kind kind) {
        try (Cell<?> cell = cell(kind, DROPOUT);
                Engine engine = backend.newEngine(1);
                Tape tape = Tape.recording(engine)) {
            tape.reset(random());
            double[] whole = outputs(cell, tape, tape.constant(x)).value().toDoubles();
            tape.reset(random());
            double[] steps = stepwise(cell, tape, tape.constant(x)).value().toDoubles();
            assertThat(steps).containsExactly(whole, within(1e-12));
            tape.reset(new Seed(9).generator());
            assertThat(outputs(cell, tape, tape.constant(x)).value().toDoubles())
                    .as("another draw")
                    .isNotEqualTo(whole);
        }
    }

    @ParameterizedTest
    @EnumSource
    void inferenceDropsNothing(Kind kind) {
        try (Cell<?> dropping = cell(kind, DROPOUT);
                Cell<?> plain = cell(kind, 0);
                Engine engine = backend.newEngine(1);
                Tape tape = Tape.inference(engine)) {
            assertThat(outputs(dropping, tape, tape.constant(x)).value().toDoubles())
                    .isEqualTo(outputs(plain, tape, tape.constant(x)).value().toDoubles());
        }
    }
}
