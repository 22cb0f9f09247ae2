package io.github.unrolled.models.motion.pedestrian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.unrolled.datasets.motion.track.TrackWindow;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForecastErrorsTest {
    /** Two walkers who stand at (0, 0) and (10, 0); two steps predicted in two samples. */
    private static final TrackWindow WINDOW = Windows.of(2, 2, 0, 0, 10, 0, 0, 0, 10, 0, 0, 0, 10, 0, 0, 0, 10, 0);

    private static final Forecast FORECAST = new Forecast(
            2,
            2,
            2,
            new double[] {
                // Sample 0: walker 0 is off by 3 and 4 (a distance of 5), then by 1; walker 1 by 2, then by 6.
                3, 4, 10, 2, 1, 0, 16, 0,
                // Sample 1: walker 0 by 2 and 2; walker 1 is right, then off by 4.
                0, 2, 10, 0, 0, 2, 10, -4
            },
            new double[] {0.5, 0.5, 0.5, 0.5});

    @Test
    void threeWaysToCount() {
        ForecastErrors errors = ForecastErrors.of(List.of(WINDOW), List.of(FORECAST));
        assertThat(errors.walkers()).isEqualTo(2);
        assertThat(errors.ade()).as("(3 + 4) / 2").isCloseTo(3.5, within(1e-12));
        assertThat(errors.fde()).as("(1 + 6) / 2").isCloseTo(3.5, within(1e-12));
        assertThat(errors.pedestrianAde()).as("(2 + 2) / 2").isCloseTo(2, within(1e-12));
        assertThat(errors.pedestrianFde())
                .as("(1 + 4) / 2: each its own sample")
                .isCloseTo(2.5, within(1e-12));
        assertThat(errors.windowAde()).as("sample 1: (2 + 2) / 2").isCloseTo(2, within(1e-12));
        assertThat(errors.windowFde()).as("sample 1: (2 + 4) / 2").isCloseTo(3, within(1e-12));
    }

    @Test
    void everyWalkerCountsOnceAndEveryTestCountsOnce() {
        TrackWindow alone = Windows.of(1, 2, 0, 0, 0, 0, 0, 0, 0, 0);
        Forecast right = new Forecast(1, 2, 1, new double[4], new double[] {1});
        ForecastErrors errors = ForecastErrors.of(List.of(WINDOW, alone), List.of(FORECAST, right));
        assertThat(errors.ade()).isCloseTo(7.0 / 3, within(1e-12));
        ForecastErrors zero = ForecastErrors.of(List.of(alone), List.of(right));
        assertThat(ForecastErrors.mean(List.of(errors, zero)).ade()).isCloseTo(3.5 / 3, within(1e-12));
    }
}
