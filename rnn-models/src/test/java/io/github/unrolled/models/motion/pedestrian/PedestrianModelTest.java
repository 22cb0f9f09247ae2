package io.github.unrolled.models.motion.pedestrian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.unrolled.autodiff.Ops;
import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.datasets.motion.track.TrackWindow;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Backends;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.engine.reference.ReferenceBackend;
import io.github.unrolled.models.motion.pedestrian.PedestrianConfig.CellType;
import io.github.unrolled.nn.Parameters;
import io.github.unrolled.random.Seed;
import io.github.unrolled.tensor.ElementType;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PedestrianModelTest {
    private static final Backend EXACT = new ReferenceBackend(ElementType.FLOAT64);
    private static final int STEPS = 12;

    private static PedestrianModel model(Backend backend, CellType cell, double radius) {
        return new PedestrianModel(
                new PedestrianConfig(cell, 7, 3, radius, 1, 8, STEPS), new Parameters(backend, new Seed(3)));
    }

    private static List<Forecast> forecast(Backend backend, PedestrianModel model, List<TrackWindow> windows) {
        try (Engine engine = backend.newEngine(1);
                Tape tape = Tape.inference(engine)) {
            return new PedestrianForecaster(model, tape).forecast(windows, STEPS);
        }
    }

    @ParameterizedTest
    @CsvSource({"LSTM, 0", "GRU, 0", "LSTM, 5", "GRU, 5"})
    void gradientsAreThoseOfDifferences(CellType cell, double radius) {
        List<TrackWindow> windows = Windows.simulated(40, 1).subList(0, 1);
        try (Engine engine = EXACT.newEngine(1);
                Tape tape = Tape.recording(engine);
                PedestrianModel model = model(EXACT, cell, radius)) {
            WalkerBatch batch = WalkerBatch.of(windows, radius);
            tape.reset();
            tape.backward(loss(tape, model, batch));
            for (Parameter parameter : model.parameters()) {
                double[] gradient = tape.gradient(parameter).toDoubles();
                double[] values = parameter.value().toDoubles();
                // A few elements of each: every parameter is seen, and the test stays quick.
                for (int i = 0; i < values.length; i += Math.max(1, values.length / 3)) {
                    double numeric = (at(model, batch, engine, parameter, values, i, 1e-5)
                                    - at(model, batch, engine, parameter, values, i, -1e-5))
                            / 2e-5;
                    assertThat(gradient[i])
                            .as("%s[%d]", parameter.name(), i)
                            .isCloseTo(numeric, within(1e-6 * Math.max(1, Math.abs(numeric))));
                }
            }
        }
    }

    private static double at(
            PedestrianModel model,
            WalkerBatch batch,
            Engine engine,
            Parameter parameter,
            double[] values,
            int i,
            double step) {
        double[] moved = values.clone();
        moved[i] += step;
        parameter.value().set(moved);
        try (Tape tape = Tape.inference(engine)) {
            return loss(tape, model, batch).value().scalar();
        } finally {
            parameter.value().set(values);
        }
    }

    private static Variable loss(Tape tape, PedestrianModel model, WalkerBatch batch) {
        PedestrianModel.Futures futures = model.futures(tape, batch, model.allModes(batch), 3);
        Variable p = futures.positions();
        return Ops.add(
                Ops.mean(Ops.multiply(p, p)), Ops.mean(Ops.multiply(futures.logits(), Ops.tanh(futures.logits()))));
    }

    /** Turning and moving the world turns and moves the forecast. */
    @ParameterizedTest
    @CsvSource({"GRU, 0", "LSTM, 4"})
    void isEquivariant(CellType cell, double radius) {
        List<TrackWindow> windows = Windows.simulated(60, 2).subList(0, 3);
        double angle = 1.1;
        List<TrackWindow> turned = windows.stream()
                .map(window -> Windows.mapped(window, p -> turned(p, angle)))
                .toList();
        try (PedestrianModel model = model(EXACT, cell, radius)) {
            List<Forecast> plain = forecast(EXACT, model, windows);
            List<Forecast> after = forecast(EXACT, model, turned);
            for (int w = 0; w < plain.size(); w++) {
                Forecast forecast = plain.get(w);
                for (int walker = 0; walker < forecast.walkers(); walker++) {
                    double[] expected =
                            turned(new double[] {forecast.x(2, 11, walker), forecast.y(2, 11, walker)}, angle);
                    // Positions in the walkers' frames are handed to the engine as floats.
                    assertThat(after.get(w).x(2, 11, walker)).isCloseTo(expected[0], within(1e-4));
                    assertThat(after.get(w).y(2, 11, walker)).isCloseTo(expected[1], within(1e-4));
                    assertThat(after.get(w).probability(walker, 1))
                            .isCloseTo(forecast.probability(walker, 1), within(1e-5));
                }
            }
        }
    }

    private static double[] turned(double[] p, double angle) {
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        return new double[] {100 + cos * p[0] - sin * p[1], -7 + sin * p[0] + cos * p[1]};
    }

    @Test
    void theOrderOfTheNeighboursDoesNotMatter() {
        TrackWindow window = Windows.simulated(60, 2).stream()
                .filter(w -> w.walkers() >= 4)
                .findFirst()
                .orElseThrow();
        int n = window.walkers();
        double[] reversed = new double[window.xy().length];
        for (int t = 0; t < window.length(); t++) {
            for (int i = 0; i < n; i++) {
                reversed[2 * (t * n + i)] = window.x(t, n - 1 - i);
                reversed[2 * (t * n + i) + 1] = window.y(t, n - 1 - i);
            }
        }
        try (PedestrianModel model = model(EXACT, CellType.GRU, 50)) {
            Forecast there = forecast(EXACT, model, List.of(window)).get(0);
            Forecast back =
                    forecast(EXACT, model, List.of(Windows.of(n, 8, reversed))).get(0);
            assertThat(back.x(1, 11, 0)).isCloseTo(there.x(1, 11, n - 1), within(1e-9));
            assertThat(back.y(1, 11, n - 1)).isCloseTo(there.y(1, 11, 0), within(1e-9));
        }
    }

    @Test
    void neighboursChangeTheForecastOnlyWhereThereIsARadius() {
        double[] walk = new double[8 * 2 * 2];
        for (int t = 0; t < 8; t++) {
            walk[4 * t] = 0.5 * t;
            walk[4 * t + 2] = 8 - 0.5 * t;
            walk[4 * t + 3] = 0.3;
        }
        double[] alone = new double[8 * 2];
        for (int t = 0; t < 8; t++) {
            alone[2 * t] = 0.5 * t;
        }
        for (double radius : new double[] {0, 20}) {
            try (PedestrianModel model = model(EXACT, CellType.GRU, radius)) {
                Forecast both =
                        forecast(EXACT, model, List.of(Windows.of(2, 8, walk))).get(0);
                Forecast one =
                        forecast(EXACT, model, List.of(Windows.of(1, 8, alone))).get(0);
                double difference = Math.abs(both.x(0, 11, 0) - one.x(0, 11, 0));
                assertThat(difference > 1e-9).as("radius %s", radius).isEqualTo(radius > 0);
            }
        }
    }

    /** The windows that share a batch are strangers to each other, and so are the rows that fill it up. */
    @Test
    void aForecastDoesNotDependOnItsBatch() {
        List<TrackWindow> windows = Windows.simulated(80, 4).subList(0, 6);
        Backend backend = Backends.best();
        try (PedestrianModel model = model(backend, CellType.GRU, 6)) {
            Forecast together = forecast(backend, model, windows).get(4);
            Forecast alone = forecast(backend, model, windows.subList(4, 5)).get(0);
            assertThat(alone.xy()).containsExactly(together.xy(), within(1e-4));
        }
    }

    @Test
    void theFastEngineAgreesWithTheReference() {
        List<TrackWindow> windows = Windows.simulated(60, 5).subList(0, 3);
        Backend backend = Backends.best();
        try (PedestrianModel fast = model(backend, CellType.LSTM, 6);
                PedestrianModel exact = model(EXACT, CellType.LSTM, 6)) {
            assertThat(forecast(backend, fast, windows).get(2).xy())
                    .containsExactly(forecast(EXACT, exact, windows).get(2).xy(), within(1e-4));
        }
    }

    @Test
    void trustLiesBetweenConstantVelocityAndTheNetwork() {
        List<TrackWindow> windows = Windows.simulated(60, 6).subList(0, 1);
        Forecast constant = Baseline.CONSTANT_VELOCITY.forecast(windows, STEPS).get(0);
        try (PedestrianModel whole = model(EXACT, CellType.GRU, 0);
                PedestrianModel half = new PedestrianModel(
                        new PedestrianConfig(CellType.GRU, 7, 3, 0, 0.5, 8, STEPS),
                        new Parameters(EXACT, new Seed(3)))) {
            Forecast network = forecast(EXACT, whole, windows).get(0);
            Forecast between = forecast(EXACT, half, windows).get(0);
            assertThat(between.x(1, 9, 0)).isCloseTo((network.x(1, 9, 0) + constant.x(0, 9, 0)) / 2, within(1e-4));
            assertThat(between.y(1, 9, 0)).isCloseTo((network.y(1, 9, 0) + constant.y(0, 9, 0)) / 2, within(1e-4));
        }
    }

    @Test
    void refusesAnotherHistory() {
        try (PedestrianModel model = model(EXACT, CellType.GRU, 0)) {
            assertThatThrownBy(() -> forecast(EXACT, model, List.of(Windows.of(1, 3, new double[6]))))
                    .hasMessage("the model reads 8 observed steps, a window has 3");
            assertThat(Arrays.stream(forecast(EXACT, model, List.of(Windows.of(1, 8, new double[16])))
                            .get(0)
                            .xy()))
                    .as("somebody who never moved")
                    .allMatch(Double::isFinite);
        }
    }
}
