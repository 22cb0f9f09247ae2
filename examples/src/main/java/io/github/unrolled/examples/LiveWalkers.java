package io.github.unrolled.examples;

import io.github.unrolled.datasets.motion.track.Scene;
import io.github.unrolled.datasets.motion.track.SocialForce;
import io.github.unrolled.datasets.motion.track.Track;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Backends;
import io.github.unrolled.models.motion.pedestrian.Forecast;
import io.github.unrolled.models.motion.pedestrian.SavedPedestrian;
import io.github.unrolled.models.motion.pedestrian.WalkerStream;
import io.github.unrolled.models.zoo.Zoo;
import io.github.unrolled.random.Seed;
import java.util.Locale;

/**
 * Walkers observed live: one position at a time goes in, the next seconds are asked for whenever they are wanted, and memory
 * does not grow. Here the simulator stands for the camera.
 */
public final class LiveWalkers {
    private LiveWalkers() {}

    /** Watches a place for a minute and says who comes closest to whom in the next seconds. */
    public static void main(String[] args) {
        Scene camera = SocialForce.simulate(new SocialForce.Options(150), new Seed(1));
        Backend backend = Backends.best();
        try (SavedPedestrian saved = Zoo.load("motion/pedestrian-simulator", SavedPedestrian::load, backend)) {
            System.out.println(watch(saved, backend, camera));
        }
    }

    /** One line for every tenth step: how many walkers are predicted, and how near two of them will come to each other. */
    public static String watch(SavedPedestrian saved, Backend backend, Scene camera) {
        StringBuilder said = new StringBuilder();
        // snippet: streaming
        try (WalkerStream stream = new WalkerStream(saved.model(), saved.stepSeconds(), backend)) {
            for (int step = 0; step < camera.frames().length; step++) {
                for (Track track : camera.tracks()) {
                    int age = step - track.first();
                    if (age >= 0 && age < track.length()) {
                        stream.observe(track.id(), track.x()[age], track.y()[age]);
                    }
                }
                stream.endStep();
                if (step % 10 == 9) {
                    Forecast next = stream.predict(12).forecast();
                    said.append(String.format(
                            Locale.ROOT,
                            "step %d: %d walkers, the nearest two will be %.1f m apart%n",
                            step,
                            next.walkers(),
                            nearest(next)));
                }
            }
        }
        // end of snippet
        return said.toString();
    }

    private static double nearest(Forecast forecast) {
        double nearest = Double.POSITIVE_INFINITY;
        for (int t = 0; t < forecast.steps(); t++) {
            for (int a = 0; a < forecast.walkers(); a++) {
                for (int b = 0; b < a; b++) {
                    double distance = Math.hypot(
                            forecast.x(0, t, a) - forecast.x(0, t, b), forecast.y(0, t, a) - forecast.y(0, t, b));
                    nearest = Math.min(nearest, distance);
                }
            }
        }
        return nearest;
    }
}
