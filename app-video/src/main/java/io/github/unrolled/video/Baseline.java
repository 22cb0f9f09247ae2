package io.github.unrolled.video;

import io.github.unrolled.app.result.ResultRow;
import java.util.ArrayList;
import java.util.List;

/**
 * A figure that ours stands beside.
 *
 * @param row of results
 * @param metric what was measured
 * @param percent the figure
 * @param model whose
 * @param source where it is from
 */
record Baseline(String row, String metric, double percent, String model, String source) {
    private static final String OURS = "measured on the same frames by this project";
    private static final String LTC = "Hasani et al. 2021, table 3; same windows, which overlap those of the training";
    private static final String LINEAR = "linear ridge on pixels of five frames";
    private static final List<Baseline> ALL = List.of(
            new Baseline("grid-s1", "frame-accuracy", 51.09, "always silence", OURS),
            new Baseline("grid-s1", "frame-accuracy", 54.81, "most frequent label at the frame's number", OURS),
            new Baseline("grid-s1", "frame-accuracy-speech", 9.92, "most frequent label at the frame's number", OURS),
            new Baseline("grid-s1", "frame-accuracy", 79.50, LINEAR, OURS),
            new Baseline("grid-s1", "frame-accuracy-speech", 58.37, LINEAR, OURS),
            new Baseline(
                    "grid-s1",
                    "words-known-boundaries",
                    79.6,
                    "feed-forward and LSTM",
                    "Wand et al. 2016; mean of 19 speakers, other splits"),
            new Baseline("weizmann", "clip-accuracy", 10.0, "most frequent class", OURS),
            new Baseline("gesture-published", "frame-accuracy", 26.35, "always stroke", OURS),
            new Baseline("gesture-published", "frame-accuracy", 44.03, "linear ridge on one frame", OURS),
            new Baseline("gesture-published", "frame-accuracy", 64.57, "LSTM", LTC),
            new Baseline("gesture-published", "frame-accuracy", 69.55, "liquid time-constant network", LTC),
            new Baseline("gesture-user-a", "frame-accuracy", 45.00, "linear ridge on one frame", OURS),
            new Baseline("gesture-user-b", "frame-accuracy", 25.27, "linear ridge on one frame", OURS),
            new Baseline("gesture-user-c", "frame-accuracy", 41.20, "linear ridge on one frame", OURS));

    /** What there is for a set. */
    static List<ResultRow> rows(VideoSet set) {
        List<ResultRow> rows = new ArrayList<>();
        for (Baseline each : ALL) {
            if (each.row.equals(set.row())) {
                rows.add(ResultRow.of(each.row, each.metric, each.percent, "%")
                        .with("model", each.model)
                        .with("protocol", set.protocol())
                        .with("source", each.source));
            }
        }
        return rows;
    }
}
