package io.github.unrolled.models.motion.pedestrian;

import io.github.unrolled.datasets.motion.track.SocialForce;
import io.github.unrolled.datasets.motion.track.TrackWindow;
import io.github.unrolled.random.Seed;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Windows for tests. */
final class Windows {
    private Windows() {}

    /** Of the simulator. */
    static List<TrackWindow> simulated(int steps, long seed) {
        return TrackWindow.cut(
                SocialForce.simulate(new SocialForce.Options(steps), new Seed(seed)), TrackWindow.Rule.SOCIAL_GAN);
    }

    /** One window with these coordinates, {@code [time, walkers, 2]}. */
    static TrackWindow of(int walkers, int observed, double... xy) {
        List<String> ids =
                IntStream.range(0, walkers).mapToObj(Integer::toString).toList();
        return new TrackWindow("test", 0, 0.4, observed, ids, xy);
    }

    /** The same window after something happened to every position. */
    static TrackWindow mapped(TrackWindow window, UnaryOperator<double[]> position) {
        double[] xy = window.xy().clone();
        for (int i = 0; i < xy.length; i += 2) {
            double[] moved = position.apply(new double[] {xy[i], xy[i + 1]});
            xy[i] = moved[0];
            xy[i + 1] = moved[1];
        }
        return new TrackWindow(
                window.scene(), window.frame(), window.stepSeconds(), window.observed(), window.ids(), xy);
    }
}
