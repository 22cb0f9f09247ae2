package io.github.unrolled.models.motion.skeleton;

import java.util.List;

/**
 * The two published errors at the horizons of {@link io.github.unrolled.datasets.motion.cmu.CmuProtocol}, means over windows.
 *
 * @param euler angles, radians
 * @param position of the joints with the root held in place, in what the published code calls millimetres
 */
public record SkeletonErrors(List<Double> euler, List<Double> position) {
    /** Copies the lists. */
    public SkeletonErrors {
        euler = List.copyOf(euler);
        position = List.copyOf(position);
    }
}
