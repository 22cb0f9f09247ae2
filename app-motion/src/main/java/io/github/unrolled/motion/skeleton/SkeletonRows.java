package io.github.unrolled.motion.skeleton;

import io.github.unrolled.app.result.ResultRow;
import io.github.unrolled.datasets.motion.cmu.CmuProtocol;
import io.github.unrolled.models.motion.skeleton.PublishedErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Errors as rows: {@code walking-80ms} for a published horizon, {@code gaits-frame2} for a frame of other motions. */
final class SkeletonRows {
    static final String OURS = "ours";
    static final String STANDING_STILL = "zero-velocity";
    static final String RESIDUAL_GRU = "residual-gru";
    static final String METRIC = "euler";
    static final String MEAN = "mean";

    private static final String PROTOCOL =
            "8 windows per action, 25 frames predicted, nominal ms, five actions (Li et al. 2018; Mao et al. 2019)";

    private SkeletonRows() {}

    /**
     * Rows of a model in the published protocol.
     *
     * @param runs errors of every action and {@code mean}, for each seed; several give their mean and spread
     */
    static List<ResultRow> published(String model, List<Map<String, double[]>> runs) {
        List<ResultRow> rows = new ArrayList<>();
        for (String action : runs.get(0).keySet()) {
            for (int h = 0; h < CmuProtocol.HORIZONS.size(); h++) {
                int horizon = h;
                double[] values = runs.stream()
                        .mapToDouble(run -> errors(run, action)[horizon])
                        .toArray();
                rows.add(row(name(action, CmuProtocol.NOMINAL_MILLISECONDS.get(h)), values, model, PROTOCOL));
            }
        }
        return rows;
    }

    private static double[] errors(Map<String, double[]> run, String action) {
        double[] errors = run.get(action);
        if (errors == null) {
            throw new IllegalStateException("no errors of " + action);
        }
        return errors;
    }

    private static String name(String action, int milliseconds) {
        return action + "-" + milliseconds + "ms";
    }

    /** Rows of others in the same protocol. */
    static List<ResultRow> published() {
        List<ResultRow> rows = new ArrayList<>();
        List<String> names = new ArrayList<>(CmuProtocol.ACTIONS);
        names.add(MEAN);
        for (String model : PublishedErrors.models()) {
            for (String action : names) {
                double[] errors = PublishedErrors.of(model, action);
                for (int h = 0; h < errors.length; h++) {
                    String name = name(action, PublishedErrors.MILLISECONDS.get(h));
                    rows.add(row(name, new double[] {errors[h]}, model, PROTOCOL)
                            .with("source", "published; trained on eight actions"));
                }
            }
        }
        return rows;
    }

    /** Rows of a model on other motions. */
    static List<ResultRow> own(String data, String model, double[] errors) {
        List<ResultRow> rows = new ArrayList<>();
        for (int h = 0; h < errors.length; h++) {
            String name = data + "-frame" + (CmuProtocol.HORIZONS.get(h) + 1);
            rows.add(row(name, new double[] {errors[h]}, model, "all windows, every fourth frame a new one"));
        }
        return rows;
    }

    private static ResultRow row(String name, double[] values, String model, String protocol) {
        double mean = 0;
        for (double value : values) {
            mean += value / values.length;
        }
        ResultRow row =
                ResultRow.of(name, METRIC, mean, "rad").with("model", model).with("protocol", protocol);
        if (values.length == 1) {
            return row;
        }
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return row.with("seeds", values.length).with("deviation", Math.sqrt(squares / (values.length - 1)));
    }
}
