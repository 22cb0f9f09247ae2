package io.github.unrolled.models.motion.pedestrian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.datasets.motion.track.TrackWindow;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Backends;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.models.motion.pedestrian.PedestrianConfig.CellType;
import io.github.unrolled.nn.Parameters;
import io.github.unrolled.random.Seed;
import java.util.List;
import org.junit.jupiter.api.Test;

class WalkerStreamTest {
    private static final Backend BACKEND = Backends.best();

    private static PedestrianModel model() {
        return new PedestrianModel(
                new PedestrianConfig(CellType.GRU, 8, 2, 4, 1, 8, 12), new Parameters(BACKEND, new Seed(1)));
    }

    @Test
    void givesTheForecastOfTheLastSteps() {
        TrackWindow window = Windows.simulated(60, 1).get(0);
        try (PedestrianModel model = model();
                WalkerStream stream = new WalkerStream(model, 0.4, BACKEND);
                Engine engine = BACKEND.newEngine(1);
                Tape tape = Tape.inference(engine)) {
            // Older steps are forgotten.
            for (int t = -5; t < 8; t++) {
                for (int walker = 0; walker < window.walkers(); walker++) {
                    int from = Math.max(0, t);
                    stream.observe(window.ids().get(walker), window.x(from, walker), window.y(from, walker));
                }
                stream.endStep();
            }
            WalkerStream.Prediction prediction = stream.predict(12);
            Forecast whole = new PedestrianForecaster(model, tape)
                    .forecast(List.of(window), 12)
                    .get(0);
            assertThat(prediction.ids()).isEqualTo(window.ids());
            assertThat(prediction.forecast().xy()).containsExactly(whole.xy(), within(1e-5));
        }
    }

    @Test
    void whoIsMissingBeginsAnewAndWhoIsNewIsNotPredicted() {
        try (PedestrianModel model = model();
                WalkerStream stream = new WalkerStream(model, 0.4, BACKEND)) {
            for (int t = 0; t < 9; t++) {
                stream.observe("always", t, 0);
                if (t != 4) {
                    stream.observe("missing once", t, 1);
                }
                stream.endStep();
            }
            assertThat(stream.predict(3).ids()).containsExactly("always");
            assertThat(stream.tooShort()).containsExactly("missing once");
            stream.endStep();
            WalkerStream.Prediction nobody = stream.predict(3);
            assertThat(nobody.ids()).isEmpty();
            assertThat(nobody.forecast().walkers()).isZero();
        }
    }

    @Test
    void refusesWhatIsNoObservation() {
        try (PedestrianModel model = model();
                WalkerStream stream = new WalkerStream(model, 0.4, BACKEND)) {
            stream.observe("a", 0, 0);
            assertThatThrownBy(() -> stream.observe("a", 1, 0)).hasMessageContaining("twice in one step");
            assertThatThrownBy(() -> stream.observe("b", Double.NaN, 0)).hasMessageContaining("finite metres");
        }
    }
}
