package io.github.unrolled.datasets.motion.gait;

import io.github.unrolled.datasets.motion.skeleton.Axis;
import io.github.unrolled.datasets.motion.skeleton.Motion;
import io.github.unrolled.datasets.motion.skeleton.Pose;
import io.github.unrolled.datasets.motion.skeleton.Rotation;
import io.github.unrolled.datasets.motion.skeleton.Skeleton;
import io.github.unrolled.datasets.motion.skeleton.Vector3;
import io.github.unrolled.random.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Makes figures that walk, jog, march, sneak and limp. Every joint follows a periodic function of the stride's phase;
 * tempo and width of the stride drift slowly, so that no two strides are the same; the feet do not slide, because the
 * body is moved so that whichever foot is lowest stays where it is. Immutable.
 */
public final class GaitGenerator {
    /** The time between two frames, in seconds. */
    public static final double FRAME_SECONDS = 1 / 30.0;

    /** Below the ankle, in centimetres. */
    private static final double HEEL = 6;

    /** How far above the ground a foot begins to bear weight, in centimetres: smooths the change from foot to foot. */
    private static final double SOFT_GROUND = 1.5;

    private static final double ARM_FROM_BODY = 0.12;

    private final Skeleton skeleton = GaitSkeleton.skeleton();
    private final int[] feet = {index("LeftFoot"), index("RightFoot")};

    private int index(String joint) {
        return skeleton.find(joint).orElseThrow();
    }

    /** A figure drawn from a seed, walking for a number of frames. */
    public Motion motion(Seed seed, int frames) {
        RandomGenerator random = seed.generator();
        return motion(Gait.draw(random), random, frames);
    }

    /** A plain kind of gait by its name: walk, jog, march, sneak, limp. */
    public Motion motion(String kind, Seed seed, int frames) {
        Gait gait = Gait.KINDS.stream()
                .filter(known -> known.name().equals(kind))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no gait is called '" + kind + "'; there are "
                        + Gait.KINDS.stream().map(Gait::name).toList()));
        return motion(gait, seed.generator(), frames);
    }

    private Motion motion(Gait gait, RandomGenerator random, int frames) {
        double phase = 2 * Math.PI * random.nextDouble();
        double heading = 2 * Math.PI * random.nextDouble();
        double drift = 2 * Math.PI * random.nextDouble();
        double driftPerSecond = 0.6 + 0.8 * random.nextDouble();
        List<Pose> poses = new ArrayList<>(frames);
        double[] place = new double[2];
        List<Vector3> before = List.of();
        for (int f = 0; f < frames; f++) {
            double slow = Math.sin(drift + driftPerSecond * f * FRAME_SECONDS);
            Pose pose = pose(gait, phase, 1 + 0.08 * slow, heading);
            List<Vector3> soles = soles(pose);
            double[] weights = weights(soles);
            for (int i = 0; i < before.size(); i++) {
                place[0] -= weights[i] * (soles.get(i).x() - before.get(i).x());
                place[1] -= weights[i] * (soles.get(i).z() - before.get(i).z());
            }
            poses.add(pose.withRootPosition(new Vector3(place[0], height(soles), place[1])));
            before = soles;
            phase += 2 * Math.PI * gait.stridesPerSecond() * (1 + 0.06 * slow) * FRAME_SECONDS;
            heading += gait.turnPerSecond() * FRAME_SECONDS;
        }
        return new Motion(skeleton, FRAME_SECONDS, poses);
    }

    /** Toes and heels of both feet, with the root at the origin. */
    private List<Vector3> soles(Pose pose) {
        List<Vector3> positions = skeleton.positions(pose.withRootPosition(Vector3.ZERO));
        List<Vector3> soles = new ArrayList<>(2 * feet.length);
        for (int foot : feet) {
            // A foot's only child is the end of its toes.
            soles.add(positions.get(foot + 1));
            soles.add(positions.get(foot).minus(new Vector3(0, HEEL, 0)));
        }
        return soles;
    }

    /** How much of the weight rests on each point: a softened choice of the lowest. */
    private static double[] weights(List<Vector3> soles) {
        double lowest = soles.stream().mapToDouble(Vector3::y).min().orElseThrow();
        double[] weights = soles.stream()
                .mapToDouble(point -> Math.exp((lowest - point.y()) / SOFT_GROUND))
                .toArray();
        double sum = Arrays.stream(weights).sum();
        return Arrays.stream(weights).map(weight -> weight / sum).toArray();
    }

    /** The root's height over the ground, likewise softened. */
    private static double height(List<Vector3> soles) {
        double lowest = soles.stream().mapToDouble(Vector3::y).min().orElseThrow();
        double sum = soles.stream()
                .mapToDouble(point -> Math.exp((lowest - point.y()) / SOFT_GROUND))
                .sum();
        return SOFT_GROUND * Math.log(sum) - lowest;
    }

    private Pose pose(Gait gait, double phase, double width, double heading) {
        List<Rotation> rotations = new ArrayList<>(skeleton.restPose().rotations());
        double sway = Math.sin(phase);
        double twist = 0.25 * gait.hip() * Math.cos(phase);
        turn(
                rotations,
                "Hips",
                Rotation.about(Axis.Y, heading - twist)
                        .times(Rotation.about(Axis.Z, 0.04 * sway))
                        .times(Rotation.about(Axis.X, gait.lean() / 2)));
        turn(rotations, "Spine", Rotation.about(Axis.Y, twist).times(Rotation.about(Axis.X, gait.lean() / 2)));
        turn(rotations, "Chest", Rotation.about(Axis.Y, twist).times(Rotation.about(Axis.Z, -0.06 * sway)));
        turn(rotations, "Neck", Rotation.about(Axis.X, -0.7 * gait.lean()).times(Rotation.about(Axis.Y, -twist)));
        turn(rotations, "Head", Rotation.about(Axis.X, 0.03 * Math.cos(2 * phase)));
        limbs(gait, "Left", phase, width, 1, rotations);
        limbs(gait, "Right", phase + Math.PI, width * (1 - gait.limp()), -1, rotations);
        return new Pose(skeleton.restPose().translations(), rotations);
    }

    /**
     * One side. At phase 0 the leg is farthest ahead and its heel strikes; it goes back on the ground until π, and swings
     * forward until 2π. The arm goes against it.
     *
     * @param side 1 for left, -1 for right
     */
    private void limbs(Gait gait, String name, double phase, double width, double side, List<Rotation> rotations) {
        double swing = bump(phase - 1.45 * Math.PI);
        // A positive turn about x takes what hangs backward.
        double thigh = -width * gait.hip() * Math.cos(phase) - gait.lift() * swing - 0.5 * gait.crouch() - gait.lean();
        double knee = gait.crouch() + width * gait.knee() * swing + 0.15 * bump(phase - 0.3 * Math.PI);
        double ankle = -0.5 * gait.crouch() + 0.35 * width * bump(phase - 0.95 * Math.PI) - 0.1 * swing;
        turn(rotations, name + "UpLeg", Rotation.about(Axis.X, thigh));
        turn(rotations, name + "Leg", Rotation.about(Axis.X, knee));
        turn(rotations, name + "Foot", Rotation.about(Axis.X, ankle));
        double arm = gait.arm() * Math.cos(phase);
        double elbow = gait.elbow() * (1 - 0.25 * Math.cos(phase));
        turn(
                rotations,
                name + "Arm",
                Rotation.about(Axis.Z, side * ARM_FROM_BODY).times(Rotation.about(Axis.X, arm - 0.3 * gait.lean())));
        turn(rotations, name + "ForeArm", Rotation.about(Axis.X, -elbow));
        turn(rotations, name + "Hand", Rotation.about(Axis.Z, -0.05 * side - 0.05 * Math.sin(phase)));
    }

    /** A smooth bump of height 1 at 0 that returns every 2π. */
    private static double bump(double phase) {
        double half = (1 + Math.cos(phase)) / 2;
        return half * half;
    }

    private void turn(List<Rotation> rotations, String joint, Rotation rotation) {
        rotations.set(index(joint), rotation);
    }
}
