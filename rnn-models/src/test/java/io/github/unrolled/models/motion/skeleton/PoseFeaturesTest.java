package io.github.unrolled.models.motion.skeleton;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.unrolled.datasets.motion.cmu.CmuSkeleton;
import io.github.unrolled.datasets.motion.gait.GaitSkeleton;
import io.github.unrolled.datasets.motion.skeleton.Axis;
import io.github.unrolled.datasets.motion.skeleton.ExponentialMaps;
import io.github.unrolled.datasets.motion.skeleton.Pose;
import io.github.unrolled.datasets.motion.skeleton.Rotation;
import io.github.unrolled.datasets.motion.skeleton.Skeleton;
import io.github.unrolled.datasets.motion.skeleton.Vector3;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoseFeaturesTest {
    private static final Skeleton SKELETON = GaitSkeleton.skeleton();

    /** The same motion elsewhere and facing elsewhere. */
    static Pose moved(Pose pose, double turn, Vector3 by) {
        Rotation rotation = Rotation.about(Axis.Y, turn);
        List<Rotation> rotations = new ArrayList<>(pose.rotations());
        rotations.set(0, rotation.times(rotations.get(0)));
        return new Pose(pose.translations(), rotations)
                .withRootPosition(rotation.apply(pose.rootPosition()).plus(by));
    }

    @Test
    void theRootIsSeenFromWhereItWas() {
        List<float[]> rows = SkeletonFixtures.rows(SkeletonFixtures.walk(4, 10));
        RootTrack track = new RootTrack(rows.get(5), 2);
        float[] channels = new float[RootTrack.CHANNELS];
        track.read(rows.get(5), channels, 0);
        assertThat(channels).containsOnly(new float[RootTrack.CHANNELS], within(1e-6f));
        for (float[] row : rows) {
            track.read(row, channels, 0);
            float[] back = rows.get(5).clone();
            track.write(channels, 0, back);
            assertThat(Arrays.copyOf(back, 6)).containsExactly(Arrays.copyOf(row, 6), within(1e-4f));
        }
    }

    @Test
    void placeAndHeadingDoNotMatter() {
        List<Pose> walk = SkeletonFixtures.walk(4, 7).poses();
        List<Pose> elsewhere = walk.stream()
                .map(pose -> moved(pose, 2.1, new Vector3(100, 5, -30)))
                .toList();
        PoseFeatures features = new PoseFeatures(SkeletonFixtures.all(), 4, 3);
        float[] here = features.frames(List.<float[][]>of(window(walk)));
        float[] there = features.frames(List.<float[][]>of(window(elsewhere)));
        assertThat(there).containsExactly(here, within(2e-5f));
        assertThat(features.targets(List.<float[][]>of(window(elsewhere))))
                .containsExactly(features.targets(List.<float[][]>of(window(walk))), within(2e-5f));
    }

    private static float[][] window(List<Pose> poses) {
        return poses.stream().map(ExponentialMaps::row).toArray(float[][]::new);
    }

    @Test
    void targetsBecomeTheRowsTheyCameFrom() {
        float[][] window = window(SkeletonFixtures.walk(6, 7).poses());
        PoseFeatures features = new PoseFeatures(SkeletonFixtures.all(), 4, 3);
        float[][] rows = features.rows(window, features.targets(List.<float[][]>of(window)), 0);
        for (int t = 0; t < 3; t++) {
            assertThat(rows[t]).containsExactly(window[4 + t], within(2e-4f));
        }
    }

    @Test
    void aReflectionMovesEveryJointToTheOtherSide() {
        Mirror mirror = Mirror.of(SKELETON).orElseThrow();
        float[] row = SkeletonFixtures.rows(SkeletonFixtures.walk(8, 3)).get(2);
        assertThat(mirror.reflect(mirror.reflect(row))).containsExactly(row);
        List<Vector3> points = SKELETON.positions(ExponentialMaps.pose(SKELETON, row));
        List<Vector3> reflected = SKELETON.positions(ExponentialMaps.pose(SKELETON, mirror.reflect(row)));
        for (int j = 0; j < SKELETON.size(); j++) {
            if (!SKELETON.joints().get(j).isEnd()) {
                Vector3 point = points.get(mirror.partner(j));
                assertThat(reflected
                                .get(j)
                                .minus(new Vector3(-point.x(), point.y(), point.z()))
                                .length())
                        .isLessThan(1e-3);
            }
        }
        assertThat(Mirror.of(CmuSkeleton.skeleton())).isPresent();
    }

    @Test
    void columnsThatDoNotMoveAreLeftOut() {
        PoseLayout layout = SkeletonFixtures.all();
        int leftKnee = 3 + 3 * SKELETON.find("LeftLeg").orElseThrow();
        assertThat(layout.columns()).contains(leftKnee).doesNotContain(leftKnee + 1, leftKnee + 2, 0, 5);
        assertThat(layout.movingJoints()).contains("RightForeArm").doesNotContain("Hips");
        assertThatThrownBy(() -> new PoseLayout(SKELETON, new int[] {4}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("column 4");
    }

    @Test
    void cosinesAreOrthonormal() {
        float[] basis = Dct.basis(5, 5);
        for (int a = 0; a < 5; a++) {
            for (int b = 0; b < 5; b++) {
                double product = 0;
                for (int t = 0; t < 5; t++) {
                    product += basis[a * 5 + t] * basis[b * 5 + t];
                }
                assertThat(product).isCloseTo(a == b ? 1 : 0, within(1e-6));
            }
        }
    }
}
