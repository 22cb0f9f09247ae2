package io.github.unrolled.datasets.motion.asf;

import io.github.unrolled.datasets.motion.skeleton.Axis;
import io.github.unrolled.datasets.motion.skeleton.Rotation;
import io.github.unrolled.datasets.motion.skeleton.Vector3;
import java.util.List;

/**
 * A bone of an ASF skeleton.
 *
 * @param name of the bone
 * @param segment from its beginning to its end when nothing turns, in the world's frame and the file's unit
 * @param frame the rotation C of its own axes, Rz Ry Rx of the line {@code axis}
 * @param freedoms the axes it turns about, in the order in which AMC lists its angles
 */
record Bone(String name, Vector3 segment, Rotation frame, List<Axis> freedoms) {
    /** The local rotation C R C⁻¹ with R = Rz Ry Rx of the angles in degrees. */
    Rotation local(double[] degrees) {
        Rotation turned = Rotation.IDENTITY;
        for (int i = 0; i < degrees.length; i++) {
            // Each further axis from the left: the lists go x, y, z, which gives Rz Ry Rx.
            turned = Rotation.about(freedoms.get(i), Math.toRadians(degrees[i])).times(turned);
        }
        return frame.times(turned).times(frame.inverse());
    }
}
