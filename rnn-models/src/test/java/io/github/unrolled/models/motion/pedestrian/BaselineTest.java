package io.github.unrolled.models.motion.pedestrian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.unrolled.datasets.catalogue.Catalogue;
import io.github.unrolled.datasets.catalogue.DatasetStore;
import io.github.unrolled.datasets.catalogue.DownloadListener;
import io.github.unrolled.datasets.motion.track.EthUcy;
import io.github.unrolled.datasets.motion.track.TrackWindow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BaselineTest {
    /** x is 0, 1, 3; y is 0, 2, 1. */
    private static final TrackWindow WINDOW = Windows.of(1, 3, 0, 0, 1, 2, 3, 1);

    private static double[] after(Baseline baseline, int step) {
        Forecast forecast = baseline.forecast(List.of(WINDOW), step).get(0);
        return new double[] {forecast.x(0, step - 1, 0), forecast.y(0, step - 1, 0)};
    }

    @Test
    void goesOnByHand() {
        assertThat(after(Baseline.STAND_STILL, 5)).containsExactly(3, 1);
        assertThat(after(Baseline.CONSTANT_VELOCITY, 2)).containsExactly(7, -1);
        // Least squares: x = 4/3 + 1.5 t and y = 1 + 0.5 t with t = -1, 0, 1; two steps later t = 3.
        assertThat(after(Baseline.LINEAR_FIT, 2)).containsExactly(new double[] {4.0 / 3 + 4.5, 2.5}, within(1e-12));
    }

    /** Figures of another program on the same files. */
    @ParameterizedTest
    @CsvSource({
        "eth, 0.9954, 2.2344, 2.8433, 4.8239",
        "hotel, 0.3227, 0.6169, 1.1495, 2.0886",
        "univ, 0.5242, 1.1651, 1.3592, 2.4740",
        "zara1, 0.4313, 0.9604, 2.5062, 4.6121",
        "zara2, 0.3257, 0.7285, 1.3773, 2.5324"
    })
    void hasTheKnownErrorsOnTheFolds(
            String fold, double ade, double fde, double stillAde, double stillFde, @TempDir Path cache)
            throws IOException {
        Assumptions.assumeTrue(
                DatasetStore.defaultMirror().isPresent(),
                "skipped: the property unrolled.mirror names no mirror of the data sets");
        DatasetStore store = new DatasetStore(cache, DatasetStore.defaultMirror());
        Path folder =
                EthUcy.folder(store.fetch(Catalogue.standard().find(EthUcy.ID).orElseThrow(), DownloadListener.none()));
        List<TrackWindow> test = EthUcy.windows(folder, EthUcy.Fold.of(fold), TrackWindow.Rule.SOCIAL_GAN)
                .test();
        ForecastErrors moving = ForecastErrors.of(test, Baseline.CONSTANT_VELOCITY.forecast(test, 12));
        assertThat(moving.ade()).isCloseTo(ade, within(6e-5));
        assertThat(moving.fde()).isCloseTo(fde, within(6e-5));
        assertThat(moving.pedestrianFde()).as("of one sample").isCloseTo(moving.fde(), within(1e-9));
        ForecastErrors still = ForecastErrors.of(test, Baseline.STAND_STILL.forecast(test, 12));
        assertThat(still.ade()).isCloseTo(stillAde, within(6e-5));
        assertThat(still.fde()).isCloseTo(stillFde, within(6e-5));
    }
}
