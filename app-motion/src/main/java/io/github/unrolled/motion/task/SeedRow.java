package io.github.unrolled.motion.task;

import io.github.unrolled.app.result.ResultRow;
import java.util.Arrays;

/** A row of the runs of one or several seeds. */
public final class SeedRow {
    private SeedRow() {}

    /**
     * The value of one run, or the mean of several with their number as {@code seeds} and their spread as {@code deviation}.
     *
     * @param row without its value
     * @param values of the runs, at least one
     */
    public static ResultRow of(ResultRow row, double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        ResultRow filled = new ResultRow(row.name(), row.metric(), mean, row.unit(), row.extra());
        if (values.length == 1) {
            return filled;
        }
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return filled.with("seeds", values.length).with("deviation", Math.sqrt(squares / (values.length - 1)));
    }
}
