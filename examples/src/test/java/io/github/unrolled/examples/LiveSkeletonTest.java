package io.github.unrolled.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.unrolled.datasets.motion.gait.GaitGenerator;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Backends;
import io.github.unrolled.models.motion.skeleton.SavedSkeleton;
import io.github.unrolled.models.zoo.Zoo;
import io.github.unrolled.random.Seed;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LiveSkeletonTest {
    private static final Pattern LINE = Pattern.compile("frame (\\d+): the left foot is (.*) cm high and will be (.*)");

    /** Ten frames later the foot is where it was said to be, within four centimetres. */
    @Test
    void whatIsSaidComesTrue() {
        Backend backend = Backends.best();
        try (SavedSkeleton saved = Zoo.load("motion/skeleton-gaits", SavedSkeleton::load, backend)) {
            List<String> said = LiveSkeleton.watch(saved, backend, new GaitGenerator().motion("walk", new Seed(3), 60))
                    .lines()
                    .toList();
            assertThat(said).hasSize(6);
            double expected = Double.NaN;
            for (String line : said) {
                Matcher matcher = LINE.matcher(line);
                assertThat(matcher.matches()).as(line).isTrue();
                if (!Double.isNaN(expected)) {
                    assertThat(Double.parseDouble(matcher.group(2))).as(line).isCloseTo(expected, within(4.0));
                }
                expected = Double.parseDouble(matcher.group(3));
            }
        }
    }
}
