package io.github.unrolled.datasets.motion.film;

import io.github.unrolled.datasets.motion.skeleton.Axis;
import io.github.unrolled.datasets.motion.skeleton.Rotation;
import io.github.unrolled.datasets.motion.skeleton.Vector3;

/**
 * Looks from afar without perspective, a little from above.
 *
 * @param view the world's axes as the camera sees them: x to the right, y up, z towards it
 * @param pixelsPerUnit enlargement
 * @param centreX of the picture, in pixels
 * @param groundY of the picture where the point that is followed stands, in pixels
 */
record Camera(Rotation view, double pixelsPerUnit, double centreX, double groundY) {
    /** Turned about the vertical, then tilted down. */
    static Rotation from(double azimuth, double elevation) {
        return Rotation.about(Axis.X, elevation).times(Rotation.about(Axis.Y, -azimuth));
    }

    /**
     * Where a point is seen; z is larger for what is nearer.
     *
     * @param followed the point on the ground that stays in the middle
     */
    Vector3 project(Vector3 point, Vector3 followed) {
        Vector3 seen = view.apply(point.minus(followed));
        return new Vector3(centreX + pixelsPerUnit * seen.x(), groundY - pixelsPerUnit * seen.y(), seen.z());
    }
}
