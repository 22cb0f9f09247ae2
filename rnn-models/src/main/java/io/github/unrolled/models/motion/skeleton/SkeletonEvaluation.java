package io.github.unrolled.models.motion.skeleton;

import io.github.unrolled.datasets.motion.cmu.CmuMocap;
import io.github.unrolled.datasets.motion.cmu.CmuProtocol;
import io.github.unrolled.datasets.motion.cmu.CmuSkeleton;
import io.github.unrolled.datasets.motion.cmu.EulerError;
import io.github.unrolled.datasets.motion.cmu.PositionError;
import io.github.unrolled.datasets.motion.skeleton.Skeleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The published errors of skeleton predictors, and of the baseline that stands still. */
public final class SkeletonEvaluation {
    private SkeletonEvaluation() {}

    /** Repeats the last seen row: no motion at all. */
    public static List<float[][]> zeroVelocity(List<float[][]> windows, int seen, int predicted) {
        List<float[][]> still = new ArrayList<>(windows.size());
        for (float[][] window : windows) {
            float[][] rows = new float[predicted][];
            Arrays.fill(rows, window[seen - 1]);
            still.add(rows);
        }
        return still;
    }

    /** The distance of a predicted row from the true one. */
    private interface Distance {
        double of(float[] predicted, float[] truth);
    }

    /**
     * The mean error of angles at the published horizons, in radians.
     *
     * @param windows seen frames, then what was true
     * @param predicted rows for each window, as many as the last horizon needs
     * @param seen frames of a window before the truth
     */
    public static double[] errors(List<float[][]> windows, List<float[][]> predicted, int seen) {
        return errors(windows, predicted, seen, EulerError::of);
    }

    private static double[] errors(List<float[][]> windows, List<float[][]> predicted, int seen, Distance distance) {
        double[] errors = new double[CmuProtocol.HORIZONS.size()];
        for (int h = 0; h < errors.length; h++) {
            int frame = CmuProtocol.HORIZONS.get(h);
            for (int i = 0; i < windows.size(); i++) {
                errors[h] += distance.of(predicted.get(i)[frame], windows.get(i)[seen + frame]);
            }
            errors[h] /= windows.size();
        }
        return errors;
    }

    /**
     * The errors of every action in the published protocol, and last, as {@code mean}, their mean.
     *
     * @param predictor from windows of {@link CmuProtocol#SEEN} and {@link CmuProtocol#PREDICTED} rows, of which it may
     *     look at the seen ones, to predicted rows
     */
    public static Map<String, SkeletonErrors> published(
            CmuMocap data, Function<List<float[][]>, List<float[][]>> predictor) throws IOException {
        Skeleton skeleton = CmuSkeleton.skeleton();
        Map<String, SkeletonErrors> rows = new LinkedHashMap<>();
        double[] euler = new double[CmuProtocol.HORIZONS.size()];
        double[] position = new double[euler.length];
        for (String action : CmuProtocol.ACTIONS) {
            List<float[]> halved = CmuProtocol.halved(data.test(action).rows());
            List<float[][]> windows = CmuProtocol.testWindows(action, halved).stream()
                    .map(window -> window.toArray(float[][]::new))
                    .toList();
            List<float[][]> predicted = predictor.apply(windows);
            double[] angles = errors(windows, predicted, CmuProtocol.SEEN);
            double[] places = errors(windows, predicted, CmuProtocol.SEEN, (a, b) -> PositionError.of(skeleton, a, b));
            rows.put(action, row(angles, places));
            for (int h = 0; h < euler.length; h++) {
                euler[h] += angles[h] / CmuProtocol.ACTIONS.size();
                position[h] += places[h] / CmuProtocol.ACTIONS.size();
            }
        }
        rows.put("mean", row(euler, position));
        return rows;
    }

    private static SkeletonErrors row(double[] euler, double[] position) {
        return new SkeletonErrors(
                Arrays.stream(euler).boxed().toList(),
                Arrays.stream(position).boxed().toList());
    }

    /** The last {@code seen} of a protocol's seen frames with the truth after them: what a model with less history reads. */
    public static List<float[][]> shortened(List<float[][]> windows, int seen) {
        return windows.stream()
                .map(window -> Arrays.copyOfRange(window, CmuProtocol.SEEN - seen, window.length))
                .toList();
    }
}
