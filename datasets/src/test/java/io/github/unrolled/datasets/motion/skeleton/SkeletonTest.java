package io.github.unrolled.datasets.motion.skeleton;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SkeletonTest {
    /** An arm: root, a joint 2 to its right, the end 1 further. */
    private static final Skeleton ARM = new Skeleton(List.of(
            new Joint("root", -1, Vector3.ZERO, false),
            new Joint("elbow", 0, new Vector3(2, 0, 0), false),
            new Joint("hand", 1, new Vector3(1, 0, 0), true)));

    private static Pose bent(double root, double elbow) {
        Pose rest = ARM.restPose();
        return new Pose(
                rest.translations(),
                List.of(Rotation.about(Axis.Z, root), Rotation.about(Axis.Z, elbow), Rotation.IDENTITY));
    }

    @Test
    void forwardKinematicsByHand() {
        List<Vector3> straight = ARM.positions(ARM.restPose());
        assertThat(straight.get(2)).isEqualTo(new Vector3(3, 0, 0));
        // The root turns up by a quarter, the elbow turns back: up by 2, then right by 1.
        List<Vector3> positions =
                ARM.positions(bent(Math.PI / 2, -Math.PI / 2).withRootPosition(new Vector3(10, 0, 5)));
        assertThat(positions.get(1).minus(new Vector3(10, 2, 5)).length()).isLessThan(1e-12);
        assertThat(positions.get(2).minus(new Vector3(11, 2, 5)).length()).isLessThan(1e-12);
    }

    @Test
    void rowsOfExponentialMapsComeBack() {
        Pose pose = bent(0.7, -1.2).withRootPosition(new Vector3(1, 2, 3));
        float[] row = ExponentialMaps.row(pose);
        assertThat(row).hasSize(ExponentialMaps.columns(ARM));
        // Transposed: the opposite sign.
        assertThat(row[5]).isCloseTo(-0.7f, within(1e-6f));
        assertThat(row[8]).isCloseTo(1.2f, within(1e-6f));
        Pose back = ExponentialMaps.pose(ARM, row);
        for (int j = 0; j < ARM.size(); j++) {
            assertThat(ARM.positions(back)
                            .get(j)
                            .minus(ARM.positions(pose).get(j))
                            .length())
                    .isLessThan(1e-6);
        }
        assertThatThrownBy(() -> ExponentialMaps.pose(ARM, new float[9]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected 12");
    }

    @Test
    void motionsAreResampledFromTheirEnd() {
        Motion motion = new Motion(ARM, 0.1, List.of(bent(0, 0), bent(0.2, 0), bent(0.4, 0), bent(0.6, 0)));
        assertThat(motion.seconds()).isCloseTo(0.3, within(1e-12));
        Motion slower = motion.resampled(0.15);
        assertThat(slower.poses()).hasSize(3);
        assertThat(slower.poses().get(2)).isSameAs(motion.poses().get(3));
        assertThat(slower.poses().get(1).rotations().get(0).angleTo(Rotation.about(Axis.Z, 0.3)))
                .isLessThan(1e-9);
        assertThat(motion.resampled(0.1).poses()).isEqualTo(motion.poses());
        assertThat(motion.at(99)).isSameAs(motion.poses().get(3));
    }

    @Test
    void refusesWhatIsNoTree() {
        assertThatThrownBy(() -> new Skeleton(
                        List.of(new Joint("root", -1, Vector3.ZERO, false), new Joint("a", 1, Vector3.ZERO, false))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("joint 1 (a) hangs on joint 1");
        assertThatThrownBy(() -> new Skeleton(
                        List.of(new Joint("root", -1, Vector3.ZERO, false), new Joint("root", 0, Vector3.ZERO, false))))
                .hasMessageContaining("two joints are called root");
    }
}
