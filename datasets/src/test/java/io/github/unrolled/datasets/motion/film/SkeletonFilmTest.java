package io.github.unrolled.datasets.motion.film;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.unrolled.datasets.motion.gait.GaitGenerator;
import io.github.unrolled.datasets.motion.skeleton.Motion;
import io.github.unrolled.datasets.motion.skeleton.Pose;
import io.github.unrolled.random.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SkeletonFilmTest {
    private static Take take(boolean withTruth) {
        Motion motion = new GaitGenerator().motion("walk", new Seed(5), 20);
        List<Pose> seen = motion.poses().subList(0, 8);
        List<Pose> truth = motion.poses().subList(8, 20);
        return new Take("walk", motion.skeleton(), motion.frameSeconds(), seen, withTruth ? truth : List.of(), truth);
    }

    @Test
    void makesAFilmWithAndWithoutATruth(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("walk.mp4");
        SkeletonFilm.write(file, List.of(take(true), take(false)), 1);
        assertThat(Files.size(file)).isBetween(5_000L, 2_000_000L);
    }

    @Test
    void bothContinuationsAreEquallyLong() {
        Take take = take(true);
        assertThatThrownBy(() -> new Take(
                        "x",
                        take.skeleton(),
                        1,
                        take.seen(),
                        take.truth(),
                        take.predicted().subList(0, 3)))
                .hasMessageContaining("3 predicted poses and 12 true ones");
    }
}
