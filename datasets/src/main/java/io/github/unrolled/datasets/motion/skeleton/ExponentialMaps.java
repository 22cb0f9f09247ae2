package io.github.unrolled.datasets.motion.skeleton;

import java.util.ArrayList;
import java.util.List;

/**
 * Poses as rows of numbers: the root's position, then for every joint, ends included, the exponential map of its
 * <b>transposed</b> local rotation, which is the convention of the published CMU files (vectors are rows there). A row of
 * n joints has 3 + 3 n numbers.
 */
public final class ExponentialMaps {
    private ExponentialMaps() {}

    /** How many numbers the rows of a skeleton have. */
    public static int columns(Skeleton skeleton) {
        return 3 + 3 * skeleton.size();
    }

    /** The row of a pose. */
    public static float[] row(Pose pose) {
        float[] row = new float[3 + 3 * pose.rotations().size()];
        put(row, 0, pose.rootPosition());
        for (int j = 0; j < pose.rotations().size(); j++) {
            put(row, 3 + 3 * j, pose.rotations().get(j).inverse().toExponentialMap());
        }
        return row;
    }

    private static void put(float[] row, int at, Vector3 value) {
        row[at] = (float) value.x();
        row[at + 1] = (float) value.y();
        row[at + 2] = (float) value.z();
    }

    /**
     * The pose of a row, with every joint but the root at its offset.
     *
     * @throws IllegalArgumentException if the row has another length than the skeleton's rows
     */
    public static Pose pose(Skeleton skeleton, float[] row) {
        if (row.length != columns(skeleton)) {
            throw new IllegalArgumentException("a row of " + row.length + " numbers for a skeleton of "
                    + skeleton.size() + " joints, expected " + columns(skeleton));
        }
        List<Vector3> translations = new ArrayList<>(skeleton.size());
        List<Rotation> rotations = new ArrayList<>(skeleton.size());
        for (int j = 0; j < skeleton.size(); j++) {
            translations.add(j == 0 ? vector(row, 0) : skeleton.joints().get(j).offset());
            rotations.add(Rotation.ofExponentialMap(vector(row, 3 + 3 * j)).inverse());
        }
        return new Pose(translations, rotations);
    }

    private static Vector3 vector(float[] row, int at) {
        return new Vector3(row[at], row[at + 1], row[at + 2]);
    }
}
