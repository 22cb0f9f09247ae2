package io.github.unrolled.datasets.motion.bvh;

import io.github.unrolled.datasets.motion.skeleton.Axis;
import java.util.Locale;
import java.util.Optional;

/**
 * One number per frame of one joint.
 *
 * @param axis along or about which
 * @param isRotation whether it is an angle in degrees, not a position
 */
public record Channel(Axis axis, boolean isRotation) {
    /** The channel of a name such as {@code Zrotation}, in any case, if that is one. */
    static Optional<Channel> named(String name) {
        for (Axis axis : Axis.values()) {
            for (boolean rotation : new boolean[] {false, true}) {
                Channel channel = new Channel(axis, rotation);
                if (channel.name().equalsIgnoreCase(name)) {
                    return Optional.of(channel);
                }
            }
        }
        return Optional.empty();
    }

    /** As it is written in a file. */
    public String name() {
        return axis.name().toUpperCase(Locale.ROOT) + (isRotation ? "rotation" : "position");
    }
}
