package io.github.unrolled.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unrolled.datasets.motion.track.SocialForce;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Backends;
import io.github.unrolled.models.motion.pedestrian.SavedPedestrian;
import io.github.unrolled.models.zoo.Zoo;
import io.github.unrolled.random.Seed;
import org.junit.jupiter.api.Test;

class LiveWalkersTest {
    @Test
    void saysSomethingAboutEveryTenthStep() {
        Backend backend = Backends.best();
        try (SavedPedestrian saved = Zoo.load("motion/pedestrian-simulator", SavedPedestrian::load, backend)) {
            String said =
                    LiveWalkers.watch(saved, backend, SocialForce.simulate(new SocialForce.Options(60), new Seed(3)));
            assertThat(said.lines()).hasSize(6).allMatch(line -> line.matches("step \\d+: \\d+ walkers, .* m apart"));
            assertThat(said).contains("step 59").doesNotContain(" 0 walkers");
        }
    }
}
