package io.github.unrolled.datasets.motion.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unrolled.random.Seed;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SocialForceTest {
    private static final SocialForce.Options OPTIONS = new SocialForce.Options(500);

    @Test
    void theSeedFixesTheScene() {
        Scene scene = SocialForce.simulate(OPTIONS, new Seed(1));
        Scene same = SocialForce.simulate(OPTIONS, new Seed(1));
        Scene other = SocialForce.simulate(OPTIONS, new Seed(2));
        assertThat(same.tracks()).hasSameSizeAs(scene.tracks());
        assertThat(same.tracks().get(7).x())
                .containsExactly(scene.tracks().get(7).x());
        assertThat(other.tracks().get(7).x()).isNotEqualTo(scene.tracks().get(7).x());
    }

    @Test
    void walkersWalkLikePeople() {
        Scene scene = SocialForce.simulate(OPTIONS, new Seed(3));
        List<Double> speeds = new ArrayList<>();
        for (Track track : scene.tracks()) {
            for (int i = 1; i < track.length(); i++) {
                double metres = Math.hypot(track.x()[i] - track.x()[i - 1], track.y()[i] - track.y()[i - 1]);
                speeds.add(metres / scene.stepSeconds());
            }
        }
        assertThat(speeds).allMatch(speed -> speed < 3);
        double mean = speeds.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        assertThat(mean).isBetween(0.9, 1.5);
        assertThat(scene.positions() / (double) OPTIONS.steps())
                .as("walkers in the place at a time")
                .isBetween(4.0, 25.0);
    }

    /** Without the repulsion, 18 pairs in 10,000 are closer than this. */
    @Test
    void walkersKeepOutOfEachOthersWay() {
        Scene scene = SocialForce.simulate(OPTIONS, new Seed(4));
        int close = 0;
        int pairs = 0;
        for (Track a : scene.tracks()) {
            for (Track b : scene.tracks()) {
                int from = Math.max(a.first(), b.first());
                int to = Math.min(a.end(), b.end());
                for (int t = from; t < to && a != b; t++) {
                    pairs++;
                    double distance = Math.hypot(
                            a.x()[t - a.first()] - b.x()[t - b.first()], a.y()[t - a.first()] - b.y()[t - b.first()]);
                    close += distance < 0.3 ? 1 : 0;
                }
            }
        }
        assertThat(pairs).isGreaterThan(10_000);
        assertThat(close / (double) pairs).isLessThan(2e-4);
    }

    @Test
    void itGivesWindowsOfManyWalkers() {
        List<TrackWindow> windows =
                TrackWindow.cut(SocialForce.simulate(OPTIONS, new Seed(5)), TrackWindow.Rule.SOCIAL_GAN);
        assertThat(windows).hasSizeGreaterThan(200);
    }
}
