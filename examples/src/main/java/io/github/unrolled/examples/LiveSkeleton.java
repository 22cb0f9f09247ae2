package io.github.unrolled.examples;

import io.github.unrolled.datasets.motion.gait.GaitGenerator;
import io.github.unrolled.datasets.motion.skeleton.Motion;
import io.github.unrolled.datasets.motion.skeleton.Pose;
import io.github.unrolled.datasets.motion.skeleton.Skeleton;
import io.github.unrolled.datasets.motion.skeleton.Vector3;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Backends;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.models.motion.skeleton.SavedSkeleton;
import io.github.unrolled.models.motion.skeleton.SkeletonForecaster;
import io.github.unrolled.models.zoo.Zoo;
import io.github.unrolled.random.Seed;
import java.util.List;
import java.util.Locale;

/**
 * A body observed live: one pose at a time goes in, what it does next is asked for whenever it is wanted, and memory does
 * not grow. Here made-up gaits stand for the tracker.
 */
public final class LiveSkeleton {
    private LiveSkeleton() {}

    /** Watches somebody walk for three seconds and says where the left foot will be. */
    public static void main(String[] args) {
        Motion tracker = new GaitGenerator().motion("walk", new Seed(1), 90);
        Backend backend = Backends.best();
        try (SavedSkeleton saved = Zoo.load("motion/skeleton-gaits", SavedSkeleton::load, backend)) {
            System.out.println(watch(saved, backend, tracker));
        }
    }

    /** One line for every tenth pose: how high the left foot is, and how high it will be a third of a second later. */
    public static String watch(SavedSkeleton saved, Backend backend, Motion tracker) {
        StringBuilder said = new StringBuilder();
        Skeleton skeleton = tracker.skeleton();
        // snippet: streaming-skeleton
        try (Engine engine = backend.newEngine(1);
                SkeletonForecaster forecaster = new SkeletonForecaster(saved.model(), skeleton, engine)) {
            for (int f = 0; f < tracker.poses().size(); f++) {
                Pose pose = tracker.poses().get(f);
                forecaster.add(pose);
                if (f % 10 == 9 && forecaster.isReady()) {
                    List<Pose> next = forecaster.next();
                    said.append(String.format(
                            Locale.ROOT,
                            "frame %d: the left foot is %.1f cm high and will be %.1f%n",
                            f,
                            leftFoot(skeleton, pose).y(),
                            leftFoot(skeleton, next.get(9)).y()));
                }
            }
        }
        // end of snippet
        return said.toString();
    }

    private static Vector3 leftFoot(Skeleton skeleton, Pose pose) {
        return skeleton.positions(pose).get(skeleton.find("LeftFoot").orElseThrow());
    }
}
