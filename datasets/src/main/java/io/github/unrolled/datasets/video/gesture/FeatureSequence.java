package io.github.unrolled.datasets.video.gesture;

/**
 * Features over time with a label for every frame, in place of pictures.
 *
 * @param name which
 * @param group what it was taken from, such as a person
 * @param features {@code [time, features]}, kept, not copied; all rows of one length
 * @param labels {@code [time]}, a class from 0 or -1; kept, not copied
 */
@SuppressWarnings("ArrayRecordComponent") // as large as a set of data; compared by identity only
public record FeatureSequence(String name, String group, float[][] features, int[] labels) {
    /**
     * Checks the lengths.
     *
     * @throws IllegalArgumentException if there are not as many labels as frames, none at all, or rows differ in length
     */
    public FeatureSequence {
        if (features.length == 0 || features.length != labels.length) {
            throw new IllegalArgumentException(
                    name + " has " + features.length + " frames and " + labels.length + " labels");
        }
        for (float[] row : features) {
            if (row.length != features[0].length) {
                throw new IllegalArgumentException(
                        name + " has frames of " + features[0].length + " and of " + row.length + " features");
            }
        }
    }

    /** Frames. */
    public int length() {
        return features.length;
    }

    /** Features of a frame. */
    public int width() {
        return features[0].length;
    }

    /** The frames from one (inclusive) to another (exclusive), sharing the rows. */
    public FeatureSequence slice(int from, int to) {
        return new FeatureSequence(
                name + "[" + from + "," + to + ")",
                group,
                java.util.Arrays.copyOfRange(features, from, to),
                java.util.Arrays.copyOfRange(labels, from, to));
    }
}
