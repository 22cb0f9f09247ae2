package io.github.unrolled.datasets.motion.gait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.unrolled.datasets.motion.skeleton.ExponentialMaps;
import io.github.unrolled.datasets.motion.skeleton.Motion;
import io.github.unrolled.datasets.motion.skeleton.Skeleton;
import io.github.unrolled.datasets.motion.skeleton.Vector3;
import io.github.unrolled.random.Seed;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GaitGeneratorTest {
    private static final Skeleton SKELETON = GaitSkeleton.skeleton();
    private final GaitGenerator generator = new GaitGenerator();

    @Test
    void theSameSeedMakesTheSameMotion() {
        assertThat(rows(generator.motion(new Seed(3), 40)))
                .usingElementComparator(java.util.Arrays::compare)
                .isEqualTo(rows(generator.motion(new Seed(3), 40)))
                .isNotEqualTo(rows(generator.motion(new Seed(4), 40)));
    }

    private static List<float[]> rows(Motion motion) {
        return motion.poses().stream().map(ExponentialMaps::row).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"walk", "jog", "march", "sneak", "limp"})
    void walksOnTheGroundWithoutSliding(String kind) {
        Motion motion = generator.motion(kind, new Seed(1), 120);
        List<List<Vector3>> positions =
                motion.poses().stream().map(SKELETON::positions).toList();
        double slid = 0;
        int counted = 0;
        for (int f = 0; f < positions.size(); f++) {
            int lowest = lowest(positions.get(f));
            assertThat(positions.get(f).get(lowest).y())
                    .as("height of the lowest joint")
                    .isBetween(-0.01, 8.0);
            if (f > 0 && lowest == lowest(positions.get(f - 1))) {
                slid += onTheGround(
                        positions.get(f).get(lowest), positions.get(f - 1).get(lowest));
                counted++;
            }
        }
        assertThat(slid / counted)
                .as("centimetres that the lowest joint slides in a frame")
                .isLessThan(1.5);
        assertThat(onTheGround(positions.get(119).get(0), positions.get(0).get(0)))
                .as("centimetres walked in four seconds")
                .isBetween(80.0, 1500.0);
    }

    private static int lowest(List<Vector3> positions) {
        int lowest = 0;
        for (int j = 1; j < positions.size(); j++) {
            if (positions.get(j).y() < positions.get(lowest).y()) {
                lowest = j;
            }
        }
        return lowest;
    }

    private static double onTheGround(Vector3 a, Vector3 b) {
        return Math.hypot(a.x() - b.x(), a.z() - b.z());
    }

    @Test
    void stridesRepeat() {
        Motion motion = generator.motion("walk", new Seed(2), 200);
        int knee = SKELETON.find("LeftLeg").orElseThrow();
        double[] flexion = motion.poses().stream()
                .mapToDouble(
                        pose -> pose.rotations().get(knee).toExponentialMap().x())
                .toArray();
        int peaks = 0;
        for (int f = 1; f < flexion.length - 1; f++) {
            if (flexion[f] > 0.6 && flexion[f] >= flexion[f - 1] && flexion[f] > flexion[f + 1]) {
                peaks++;
            }
        }
        double strides = motion.seconds() * 0.9;
        assertThat((double) peaks).isCloseTo(strides, within(1.0));
    }

    @Test
    void namesWhatItKnows() {
        assertThatThrownBy(() -> generator.motion("fly", new Seed(1), 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no gait is called 'fly'; there are [walk, jog, march, sneak, limp]");
    }
}
