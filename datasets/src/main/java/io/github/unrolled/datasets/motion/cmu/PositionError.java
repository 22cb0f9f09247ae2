package io.github.unrolled.datasets.motion.cmu;

import io.github.unrolled.datasets.motion.skeleton.ExponentialMaps;
import io.github.unrolled.datasets.motion.skeleton.Joint;
import io.github.unrolled.datasets.motion.skeleton.Rotation;
import io.github.unrolled.datasets.motion.skeleton.Skeleton;
import io.github.unrolled.datasets.motion.skeleton.Vector3;
import java.util.ArrayList;
import java.util.List;

/**
 * The published error in space: the mean distance over all joints, the root held in place, in the unit that the
 * published code calls millimetres (70 for one unit of the skeleton; Mao et al. 2019).
 */
public final class PositionError {
    private static final double MILLIMETRES = 70;

    private PositionError() {}

    /** The mean distance of the joints of one frame. */
    public static double of(Skeleton skeleton, float[] predicted, float[] truth) {
        List<Vector3> a = positions(skeleton, predicted);
        List<Vector3> b = positions(skeleton, truth);
        double sum = 0;
        for (int j = 0; j < a.size(); j++) {
            sum += a.get(j).minus(b.get(j)).length();
        }
        return sum / a.size();
    }

    /**
     * Where the published kinematics put the joints: root at the origin and not turned, and what hangs on it directly not
     * turned either.
     */
    static List<Vector3> positions(Skeleton skeleton, float[] row) {
        List<Vector3> positions = new ArrayList<>(skeleton.size());
        List<Rotation> frames = new ArrayList<>(skeleton.size());
        List<Rotation> rotations = ExponentialMaps.pose(skeleton, row).rotations();
        for (int j = 0; j < skeleton.size(); j++) {
            Joint joint = skeleton.joints().get(j);
            if (joint.isRoot()) {
                positions.add(Vector3.ZERO);
                frames.add(Rotation.IDENTITY);
            } else {
                Rotation parent = frames.get(joint.parent());
                positions.add(positions
                        .get(joint.parent())
                        .plus(parent.apply(joint.offset().times(MILLIMETRES))));
                frames.add(parent.times(rotations.get(j)));
            }
        }
        return positions;
    }
}
