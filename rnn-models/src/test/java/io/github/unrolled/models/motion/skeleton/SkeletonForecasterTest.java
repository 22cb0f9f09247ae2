package io.github.unrolled.models.motion.skeleton;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.motion.skeleton.Joint;
import io.github.unrolled.datasets.motion.skeleton.Motion;
import io.github.unrolled.datasets.motion.skeleton.Pose;
import io.github.unrolled.datasets.motion.skeleton.Skeleton;
import io.github.unrolled.datasets.motion.skeleton.Vector3;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Backends;
import io.github.unrolled.engine.Engine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SkeletonForecasterTest {
    private final Backend backend = Backends.best();
    private final Engine engine = backend.newEngine(1);
    private final SkeletonModel model =
            SkeletonFixtures.model(SkeletonConfig.SPECTRAL_GRU, SkeletonFixtures.all(), backend);

    @AfterEach
    void close() {
        model.close();
        engine.close();
    }

    private static double distance(Skeleton skeleton, Pose a, Pose b) {
        List<Vector3> from = skeleton.positions(a);
        List<Vector3> to = skeleton.positions(b);
        double greatest = 0;
        for (int j = 0; j < from.size(); j++) {
            greatest = Math.max(greatest, from.get(j).minus(to.get(j)).length());
        }
        return greatest;
    }

    @Test
    void turningAndMovingTheMotionTurnsAndMovesThePrediction() {
        Motion walk = SkeletonFixtures.walk(9, 12);
        Vector3 by = new Vector3(40, 3, -70);
        Motion elsewhere = new Motion(
                walk.skeleton(),
                walk.frameSeconds(),
                walk.poses().stream()
                        .map(pose -> PoseFeaturesTest.moved(pose, 1.3, by))
                        .toList());
        try (SkeletonForecaster forecaster = new SkeletonForecaster(model, walk.skeleton(), engine)) {
            List<Pose> here = forecaster.continued(walk, 5);
            List<Pose> there = forecaster.continued(elsewhere, 5);
            for (int f = 0; f < here.size(); f++) {
                Pose expected = PoseFeaturesTest.moved(here.get(f), 1.3, by);
                assertThat(distance(walk.skeleton(), there.get(f), expected)).isLessThan(0.05);
            }
        }
    }

    @Test
    void oneObservationAtATimeIsTheSame() {
        Motion walk = SkeletonFixtures.walk(9, 12);
        try (SkeletonForecaster forecaster = new SkeletonForecaster(model, walk.skeleton(), engine)) {
            List<Pose> whole = forecaster.continued(walk, SkeletonFixtures.PREDICTED);
            forecaster.reset();
            assertThat(forecaster.isReady()).isFalse();
            walk.poses().forEach(forecaster::add);
            assertThat(forecaster.isReady()).isTrue();
            List<Pose> streamed = forecaster.next();
            for (int f = 0; f < whole.size(); f++) {
                assertThat(distance(walk.skeleton(), whole.get(f), streamed.get(f)))
                        .isLessThan(1e-9);
            }
        }
    }

    @Test
    void otherRatesAreResampled() {
        Motion walk = SkeletonFixtures.walk(9, 40);
        Motion twice = walk.resampled(walk.frameSeconds() / 2);
        try (SkeletonForecaster forecaster = new SkeletonForecaster(model, walk.skeleton(), engine)) {
            List<Pose> plain = forecaster.continued(walk, 6);
            List<Pose> fine = forecaster.continued(twice, 12);
            assertThat(fine).hasSize(12);
            for (int f = 0; f < plain.size(); f++) {
                assertThat(distance(walk.skeleton(), fine.get(2 * f + 1), plain.get(f)))
                        .isLessThan(0.05);
            }
        }
    }

    /** A hat is nothing that the model knows: it stays on the head, and the rest is as without it. */
    @Test
    void unknownJointsKeepTheirRotation() {
        Motion walk = SkeletonFixtures.walk(9, 12);
        List<Joint> joints = new ArrayList<>(walk.skeleton().joints());
        joints.add(new Joint("Hat", walk.skeleton().find("Head").orElseThrow(), new Vector3(0, 9, 0), false));
        Skeleton withHat = new Skeleton(joints);
        Motion hatted = new Motion(
                withHat,
                walk.frameSeconds(),
                walk.poses().stream()
                        .map(pose -> {
                            List<Vector3> translations = new ArrayList<>(pose.translations());
                            translations.add(new Vector3(0, 9, 0));
                            var rotations = new ArrayList<>(pose.rotations());
                            rotations.add(io.github.unrolled.datasets.motion.skeleton.Rotation.IDENTITY);
                            return new Pose(translations, rotations);
                        })
                        .toList());
        try (SkeletonForecaster plain = new SkeletonForecaster(model, walk.skeleton(), engine);
                SkeletonForecaster other = new SkeletonForecaster(model, withHat, engine)) {
            assertThat(other.unknownJoints()).containsExactly("Hat");
            Pose expected = plain.continued(walk, 1).get(0);
            Pose found = other.continued(hatted, 1).get(0);
            assertThat(found.rotations()).hasSize(withHat.size());
            assertThat(found.rootPosition().minus(expected.rootPosition()).length())
                    .isLessThan(1e-9);
        }
    }

    @Test
    void saysWhatIsMissing() {
        Skeleton bare = new Skeleton(List.of(new Joint("Hips", -1, Vector3.ZERO, false)));
        assertThatThrownBy(() -> new SkeletonForecaster(model, bare, engine))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("the motion has no joint called Spine, Chest, Neck and lacks ");
        Motion walk = SkeletonFixtures.walk(9, 3);
        try (SkeletonForecaster forecaster = new SkeletonForecaster(model, walk.skeleton(), engine)) {
            assertThatThrownBy(() -> forecaster.continued(walk, 5))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("(3 frames)")
                    .hasMessageContaining("4 frames");
            assertThatThrownBy(forecaster::next)
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("there are 0");
        }
    }
}
