package io.github.unrolled.datasets.motion.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TrackWindowTest {
    private static Track track(String id, int first, double... x) {
        return new Track(id, first, x, new double[x.length]);
    }

    @Test
    void onlyWalkersWithAllStepsCountAndWindowsMoveByOneFrame() {
        Scene scene = new Scene(
                "s",
                0.4,
                10,
                new long[] {0, 10, 20, 70},
                List.of(track("a", 0, 0, 1, 2, 3), track("b", 1, 10.00004, 11.00006, 12), track("c", 0, 20, 21)));
        List<TrackWindow> windows = TrackWindow.cut(scene, new TrackWindow.Rule(2, 1, 2));
        assertThat(windows).hasSize(1);
        TrackWindow window = windows.get(0);
        assertThat(window.ids()).containsExactly("a", "b");
        assertThat(window.frame()).isEqualTo(10);
        assertThat(window.length()).isEqualTo(3);
        assertThat(window.predicted()).isEqualTo(1);
        assertThat(window.x(0, 0)).isEqualTo(1);
        assertThat(window.x(2, 0)).isEqualTo(3);
        assertThat(window.x(0, 1)).as("rounded to four decimals").isEqualTo(10.0);
        assertThat(window.x(1, 1)).isEqualTo(11.0001);
        assertThat(TrackWindow.cut(scene, new TrackWindow.Rule(2, 1, 1))).hasSize(2);
    }

    @Test
    void refusesRulesThatCannotBe() {
        assertThatThrownBy(() -> new TrackWindow.Rule(1, 12, 2)).hasMessageContaining("1 observed");
    }
}
