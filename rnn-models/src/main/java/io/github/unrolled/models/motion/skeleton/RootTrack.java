package io.github.unrolled.models.motion.skeleton;

import io.github.unrolled.datasets.motion.skeleton.Axis;
import io.github.unrolled.datasets.motion.skeleton.Rotation;
import io.github.unrolled.datasets.motion.skeleton.Vector3;

/**
 * The root as seen from where it was and where it faced in one frame: its way from there, and its turn since then. So
 * neither the place nor the heading of a motion matters, and a prediction moves and turns with what is predicted from.
 * y is up; at rest a body faces along z.
 */
final class RootTrack {
    /** Way and turn, three numbers each. */
    static final int CHANNELS = 6;

    /** Where the body's up and ahead point, three numbers. */
    static final int TILT = 3;

    private final Vector3 origin;
    private final Rotation reference;
    /** Takes the world to the frame in which the body faces along z. */
    private final Rotation toHeading;

    private final double size;

    /**
     * @param row of the frame that is seen from
     * @param size the unit of ways
     */
    RootTrack(float[] row, double size) {
        this.origin = position(row);
        this.reference = rotation(row);
        Vector3 ahead = reference.column(2);
        this.toHeading = Rotation.about(Axis.Y, -Math.atan2(ahead.x(), ahead.z()));
        this.size = size;
    }

    private static Vector3 position(float[] row) {
        return new Vector3(row[0], row[1], row[2]);
    }

    private static Rotation rotation(float[] row) {
        return Rotation.ofExponentialMap(new Vector3(-row[3], -row[4], -row[5]));
    }

    /** The {@link #CHANNELS} of a row, all 0 for the row that is seen from. */
    void read(float[] row, float[] target, int at) {
        put(toHeading.apply(position(row).minus(origin)).times(1 / size), target, at);
        put(toHeading.apply(rotation(row).times(reference.inverse()).toExponentialMap()), target, at + 3);
    }

    /** The {@link #TILT} of a row: how far its up leans to the side and ahead, and how far it looks up. */
    void readTilt(float[] row, float[] target, int at) {
        Rotation rotation = toHeading.times(rotation(row));
        target[at] = (float) rotation.get(0, 1);
        target[at + 1] = (float) rotation.get(2, 1);
        target[at + 2] = (float) rotation.get(1, 2);
    }

    /** Writes position and rotation of a root with these channels into a row: undoes {@link #read}. */
    void write(float[] channels, int at, float[] row) {
        Rotation back = toHeading.inverse();
        put(origin.plus(back.apply(vector(channels, at)).times(size)), row, 0);
        Rotation rotation =
                Rotation.ofExponentialMap(back.apply(vector(channels, at + 3))).times(reference);
        put(rotation.inverse().toExponentialMap(), row, 3);
    }

    private static Vector3 vector(float[] values, int at) {
        return new Vector3(values[at], values[at + 1], values[at + 2]);
    }

    private static void put(Vector3 value, float[] target, int at) {
        target[at] = (float) value.x();
        target[at + 1] = (float) value.y();
        target[at + 2] = (float) value.z();
    }
}
