package io.github.unrolled.models.motion.skeleton;

import io.github.unrolled.datasets.motion.cmu.CmuMocap;
import io.github.unrolled.datasets.motion.cmu.CmuProtocol;
import io.github.unrolled.datasets.motion.cmu.EulerError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The published error of skeleton predictors, and of the baseline that stands still. */
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

    /**
     * The mean error at the published horizons, in radians.
     *
     * @param windows seen frames, then what was true
     * @param predicted rows for each window, as many as the last horizon needs
     * @param seen frames of a window before the truth
     */
    public static double[] errors(List<float[][]> windows, List<float[][]> predicted, int seen) {
        double[] errors = new double[CmuProtocol.HORIZONS.size()];
        for (int h = 0; h < errors.length; h++) {
            int frame = CmuProtocol.HORIZONS.get(h);
            for (int i = 0; i < windows.size(); i++) {
                errors[h] += EulerError.of(predicted.get(i)[frame], windows.get(i)[seen + frame]);
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
    public static Map<String, double[]> published(CmuMocap data, Function<List<float[][]>, List<float[][]>> predictor)
            throws IOException {
        Map<String, double[]> rows = new LinkedHashMap<>();
        double[] mean = new double[CmuProtocol.HORIZONS.size()];
        for (String action : CmuProtocol.ACTIONS) {
            List<float[]> halved = CmuProtocol.halved(data.test(action).rows());
            List<float[][]> windows = CmuProtocol.testWindows(action, halved).stream()
                    .map(window -> window.toArray(float[][]::new))
                    .toList();
            double[] errors = errors(windows, predictor.apply(windows), CmuProtocol.SEEN);
            rows.put(action, errors);
            for (int h = 0; h < mean.length; h++) {
                mean[h] += errors[h] / CmuProtocol.ACTIONS.size();
            }
        }
        rows.put("mean", mean);
        return rows;
    }

    /** The last {@code seen} of a protocol's seen frames with the truth after them: what a model with less history reads. */
    public static List<float[][]> shortened(List<float[][]> windows, int seen) {
        return windows.stream()
                .map(window -> Arrays.copyOfRange(window, CmuProtocol.SEEN - seen, window.length))
                .toList();
    }
}
