package io.github.unrolled.models.motion.skeleton;

import io.github.unrolled.datasets.motion.gait.GaitGenerator;
import io.github.unrolled.datasets.motion.gait.GaitSkeleton;
import io.github.unrolled.datasets.motion.skeleton.ExponentialMaps;
import io.github.unrolled.datasets.motion.skeleton.Motion;
import io.github.unrolled.nn.Parameters;
import io.github.unrolled.random.Seed;
import io.github.unrolled.tensor.Allocator;
import java.util.ArrayList;
import java.util.List;

/** Small models and made-up motions. */
final class SkeletonFixtures {
    static final int SEEN = 4;
    static final int PREDICTED = 3;

    private SkeletonFixtures() {}

    static Motion walk(long seed, int frames) {
        return new GaitGenerator().motion(new Seed(seed), frames);
    }

    static List<float[]> rows(Motion motion) {
        return motion.poses().stream().map(ExponentialMaps::row).toList();
    }

    static List<float[][]> windows(int count) {
        List<float[][]> windows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            windows.add(rows(walk(i, SEEN + PREDICTED)).toArray(float[][]::new));
        }
        return windows;
    }

    static SkeletonConfig config(String network, double dropout) {
        return new SkeletonConfig(network, SEEN, PREDICTED, 3, 4, 2, 2, dropout);
    }

    /** A layout of a few columns, so that gradients can be checked one by one. */
    static PoseLayout few() {
        int knee = 3 + 3 * GaitSkeleton.skeleton().find("LeftLeg").orElseThrow();
        return new PoseLayout(GaitSkeleton.skeleton(), new int[] {9, knee});
    }

    static PoseLayout all() {
        return PoseLayout.of(
                GaitSkeleton.skeleton(),
                List.of(SkeletonData.clip("walk", walk(1, 60)), SkeletonData.clip("walk", walk(2, 60))));
    }

    static SkeletonModel model(String network, PoseLayout layout, Allocator allocator) {
        return new SkeletonModel(
                config(network, 0), layout, GaitGenerator.FRAME_SECONDS, new Parameters(allocator, new Seed(3)));
    }
}
