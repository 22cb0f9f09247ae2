package io.github.unrolled.datasets.motion.skeleton;

import java.util.ArrayList;
import java.util.List;

/**
 * A skeleton in motion.
 *
 * @param skeleton who moves
 * @param frameSeconds between two poses
 * @param poses in order, at least one
 */
public record Motion(Skeleton skeleton, double frameSeconds, List<Pose> poses) {
    /** Copies the list. */
    public Motion {
        poses = List.copyOf(poses);
        if (poses.isEmpty()) {
            throw new IllegalArgumentException("a motion has at least one pose");
        }
        if (!(frameSeconds > 0) || !Double.isFinite(frameSeconds)) {
            throw new IllegalArgumentException(
                    "a motion's frames are " + frameSeconds + " s apart, expected more than 0");
        }
    }

    /** From the first pose to the last, in seconds. */
    public double seconds() {
        return (poses.size() - 1) * frameSeconds;
    }

    /** The pose at a time after the first one, interpolated; that of the nearer end outside of the motion. */
    public Pose at(double seconds) {
        double position = Math.max(0, Math.min(poses.size() - 1.0, seconds / frameSeconds));
        int before = (int) position;
        double part = position - before;
        // A time that is a frame's but for rounding is that frame.
        if (part < 1e-9 || before == poses.size() - 1) {
            return poses.get(before);
        }
        return poses.get(before).towards(poses.get(before + 1), part);
    }

    /** The same motion with its frames at another distance, from its end backward, so that the last pose stays the last. */
    public Motion resampled(double otherFrameSeconds) {
        int count = (int) Math.floor(seconds() / otherFrameSeconds + 1e-9) + 1;
        List<Pose> sampled = new ArrayList<>(count);
        for (int i = count - 1; i >= 0; i--) {
            sampled.add(at(seconds() - i * otherFrameSeconds));
        }
        return new Motion(skeleton, otherFrameSeconds, sampled);
    }
}
