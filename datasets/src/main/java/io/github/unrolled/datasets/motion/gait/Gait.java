package io.github.unrolled.datasets.motion.gait;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * How a figure walks. Angles are in radians; a stride is two steps.
 *
 * @param name of the kind
 * @param stridesPerSecond how often both legs have swung
 * @param hip amplitude of the thigh's swing
 * @param lift how far the thigh is raised in the middle of the swing
 * @param knee flexion of the knee during the swing
 * @param crouch flexion of the knee at all times
 * @param arm amplitude of the arm's swing
 * @param elbow flexion of the elbow
 * @param lean of the trunk, forward
 * @param limp by how much the right leg swings less than the left, as a part
 * @param turnPerSecond change of heading, to the left
 */
public record Gait(
        String name,
        double stridesPerSecond,
        double hip,
        double lift,
        double knee,
        double crouch,
        double arm,
        double elbow,
        double lean,
        double limp,
        double turnPerSecond) {
    /** The kinds, each in its plain form. */
    static final List<Gait> KINDS = List.of(
            new Gait("walk", 0.9, 0.40, 0.05, 0.95, 0.08, 0.45, 0.25, 0.03, 0, 0),
            new Gait("jog", 1.35, 0.55, 0.20, 1.50, 0.25, 0.65, 1.40, 0.13, 0, 0),
            new Gait("march", 0.95, 0.35, 0.75, 1.35, 0.02, 0.80, 0.10, -0.03, 0, 0),
            new Gait("sneak", 0.55, 0.35, 0.35, 0.90, 0.65, 0.20, 1.00, 0.40, 0, 0),
            new Gait("limp", 0.75, 0.35, 0.02, 0.75, 0.12, 0.25, 0.35, 0.10, 0.55, 0));

    /** One of the kinds, varied: a figure of its own. */
    static Gait draw(RandomGenerator random) {
        Gait kind = KINDS.get(random.nextInt(KINDS.size()));
        return new Gait(
                kind.name,
                kind.stridesPerSecond * vary(random, 0.15),
                kind.hip * vary(random, 0.2),
                kind.lift * vary(random, 0.3),
                kind.knee * vary(random, 0.2),
                kind.crouch * vary(random, 0.5),
                kind.arm * vary(random, 0.4),
                kind.elbow * vary(random, 0.3),
                kind.lean + 0.06 * (random.nextDouble() - 0.5),
                kind.limp * vary(random, 0.3),
                0.5 * (random.nextDouble() - 0.5));
    }

    private static double vary(RandomGenerator random, double part) {
        return 1 + part * (2 * random.nextDouble() - 1);
    }
}
