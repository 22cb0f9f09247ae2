package io.github.unrolled.models.motion.skeleton;

import io.github.unrolled.datasets.motion.skeleton.ExponentialMaps;
import io.github.unrolled.datasets.motion.skeleton.Joint;
import io.github.unrolled.datasets.motion.skeleton.Skeleton;
import io.github.unrolled.datasets.motion.skeleton.Vector3;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which numbers of a row of exponential maps a model works with: the columns of joints that move. The root goes apart, as
 * {@link RootTrack} has it.
 */
public final class PoseLayout {
    /** A column whose deviation is below does not move (Li et al. 2018). */
    private static final double STILL = 1e-4;

    /** Columns of the root's position and rotation. */
    private static final int ROOT_COLUMNS = 6;

    private final Skeleton skeleton;
    private final int[] columns;
    private final Optional<Mirror> mirror;

    /**
     * A layout of given columns.
     *
     * @param columns of rows of this skeleton, ascending, none of the root's
     */
    public PoseLayout(Skeleton skeleton, int[] columns) {
        this.skeleton = skeleton;
        this.columns = columns.clone();
        int last = ROOT_COLUMNS - 1;
        for (int column : columns) {
            if (column <= last || column >= ExponentialMaps.columns(skeleton)) {
                throw new IllegalArgumentException("column " + column + " of the layout comes after " + last
                        + " in rows of " + ExponentialMaps.columns(skeleton));
            }
            last = column;
        }
        if (columns.length == 0) {
            throw new IllegalArgumentException("no joint of the skeleton moves");
        }
        this.mirror = Mirror.of(skeleton);
    }

    /** The columns that move in some clips, or whose mirror image does. */
    public static PoseLayout of(Skeleton skeleton, List<PoseClip> clips) {
        int width = ExponentialMaps.columns(skeleton);
        double[] sums = new double[width];
        double[] squares = new double[width];
        long rows = 0;
        for (PoseClip clip : clips) {
            for (float[] row : clip.rows()) {
                for (int c = 0; c < width; c++) {
                    sums[c] += row[c];
                    squares[c] += (double) row[c] * row[c];
                }
                rows++;
            }
        }
        boolean[] moves = new boolean[width];
        for (int c = ROOT_COLUMNS; c < width; c++) {
            double mean = sums[c] / rows;
            moves[c] = squares[c] / rows - mean * mean > STILL * STILL;
        }
        Optional<Mirror> mirror = Mirror.of(skeleton);
        List<Integer> kept = new ArrayList<>();
        for (int c = ROOT_COLUMNS; c < width; c++) {
            int joint = c / 3 - 1;
            int other = mirror.map(m -> m.partner(joint)).orElse(joint);
            if (moves[c] || moves[3 + 3 * other + c % 3]) {
                kept.add(c);
            }
        }
        return new PoseLayout(
                skeleton, kept.stream().mapToInt(Integer::intValue).toArray());
    }

    /** Who moves. */
    public Skeleton skeleton() {
        return skeleton;
    }

    /** The columns of a row, ascending. */
    public int[] columns() {
        return columns.clone();
    }

    /** How many columns of joints there are. */
    public int joints() {
        return columns.length;
    }

    /** How many curves are predicted: those of the joints, then those of the root. */
    public int outputs() {
        return columns.length + RootTrack.CHANNELS;
    }

    /** The columns of joints of a row, one after the other, into {@code target} from an index on. */
    void read(float[] row, float[] target, int at) {
        for (int c = 0; c < columns.length; c++) {
            target[at + c] = row[columns[c]];
        }
    }

    /** Writes the columns of joints back into a row. */
    void write(float[] values, int at, float[] row) {
        for (int c = 0; c < columns.length; c++) {
            row[columns[c]] = values[at + c];
        }
    }

    /** Left and right exchanged, if the skeleton has both sides alike. */
    Optional<Mirror> mirror() {
        return mirror;
    }

    /** The length that the root's way is measured in: from the root to the lowest joint at rest. */
    double size() {
        List<Vector3> points = skeleton.positions(skeleton.restPose().withRootPosition(Vector3.ZERO));
        return Math.max(1e-9, points.stream().mapToDouble(Vector3::length).max().orElse(1));
    }

    /** The joints that the model needs a motion to have. */
    List<String> movingJoints() {
        return Arrays.stream(columns)
                .map(column -> column / 3 - 1)
                .distinct()
                .mapToObj(joint -> skeleton.joints().get(joint))
                .filter(joint -> !joint.isEnd())
                .map(Joint::name)
                .toList();
    }

    /** Whether nothing but ends hangs on a joint. */
    boolean isLastOfLimb(String name) {
        int joint = skeleton.find(name).orElse(-1);
        return skeleton.joints().stream().noneMatch(other -> other.parent() == joint && !other.isEnd());
    }
}
