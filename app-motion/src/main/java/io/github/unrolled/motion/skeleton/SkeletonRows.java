package io.github.unrolled.motion.skeleton;

import io.github.unrolled.app.result.ResultRow;
import io.github.unrolled.datasets.motion.cmu.CmuProtocol;
import io.github.unrolled.models.motion.skeleton.PublishedErrors;
import io.github.unrolled.models.motion.skeleton.SkeletonErrors;
import io.github.unrolled.motion.task.SeedRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Errors as rows: {@code walking-80ms} for a published horizon, {@code gaits-frame2} for a frame of other motions. */
final class SkeletonRows {
    static final String OURS = "ours";
    static final String STANDING_STILL = "zero-velocity";
    static final String RESIDUAL_GRU = "residual-gru";
    static final String METRIC = "euler";
    static final String POSITION = "position";
    static final String MEAN = "mean";

    private static final String PROTOCOL =
            "8 windows per action, 25 frames predicted, nominal ms, five actions (Li et al. 2018; Mao et al. 2019)";

    private static final String POSITION_PROTOCOL =
            "the same windows of CMU, joints at 70 to a unit, the root held in place (Mao et al. 2019, main_cmu_3d)";

    private SkeletonRows() {}

    /**
     * Rows of a model in the published protocol: angles of every action, then places.
     *
     * @param runs errors of every action and {@code mean}, for each seed; several give their mean and spread
     */
    static List<ResultRow> published(String model, List<Map<String, SkeletonErrors>> runs) {
        List<ResultRow> rows = new ArrayList<>();
        rows.addAll(published(model, runs, METRIC, "rad", PROTOCOL, SkeletonErrors::euler));
        rows.addAll(published(model, runs, POSITION, "mm", POSITION_PROTOCOL, SkeletonErrors::position));
        return rows;
    }

    private static List<ResultRow> published(
            String model,
            List<Map<String, SkeletonErrors>> runs,
            String metric,
            String unit,
            String protocol,
            Function<SkeletonErrors, List<Double>> figure) {
        List<ResultRow> rows = new ArrayList<>();
        for (String action : runs.get(0).keySet()) {
            for (int h = 0; h < CmuProtocol.HORIZONS.size(); h++) {
                int horizon = h;
                double[] values = runs.stream()
                        .mapToDouble(run -> figure.apply(errors(run, action)).get(horizon))
                        .toArray();
                String name = name(action, CmuProtocol.NOMINAL_MILLISECONDS.get(h));
                rows.add(SeedRow.of(row(name, metric, unit, model, protocol), values));
            }
        }
        return rows;
    }

    private static SkeletonErrors errors(Map<String, SkeletonErrors> run, String action) {
        SkeletonErrors errors = run.get(action);
        if (errors == null) {
            throw new IllegalStateException("no errors of " + action);
        }
        return errors;
    }

    private static String name(String action, int milliseconds) {
        return action + "-" + milliseconds + "ms";
    }

    /** Rows of others in the same protocol, as they are recalled. */
    static List<ResultRow> recalled() {
        List<ResultRow> rows = new ArrayList<>();
        List<String> names = new ArrayList<>(CmuProtocol.ACTIONS);
        names.add(MEAN);
        for (String model : PublishedErrors.models()) {
            for (String action : names) {
                double[] errors = PublishedErrors.of(model, action);
                for (int h = 0; h < errors.length; h++) {
                    ResultRow row =
                            row(name(action, PublishedErrors.MILLISECONDS.get(h)), METRIC, "rad", model, PROTOCOL);
                    rows.add(SeedRow.of(row, new double[] {errors[h]})
                            .with("source", "recalled, not read where it was published; trained on eight actions"));
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
            ResultRow row = row(name, METRIC, "rad", model, "all windows, every fourth frame a new one");
            rows.add(SeedRow.of(row, new double[] {errors[h]}));
        }
        return rows;
    }

    private static ResultRow row(String name, String metric, String unit, String model, String protocol) {
        return ResultRow.of(name, metric, 0, unit).with("model", model).with("protocol", protocol);
    }
}
