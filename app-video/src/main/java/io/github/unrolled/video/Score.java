package io.github.unrolled.video;

import io.github.unrolled.app.result.ResultRow;
import io.github.unrolled.models.video.SegmentScores;
import io.github.unrolled.models.video.VideoEvaluation;
import java.util.ArrayList;
import java.util.List;

/** Rows of figures, in percent. */
final class Score {
    private static final double PERCENT = 100;

    private Score() {}

    /** All figures of a model on a set. */
    static List<ResultRow> rows(VideoSet set, String model, VideoEvaluation found) {
        List<ResultRow> rows = new ArrayList<>();
        if (set.data().clipLevel()) {
            rows.add(
                    row(set, model, "clip-accuracy", PERCENT * found.confusion().accuracy()));
            return rows;
        }
        rows.add(row(set, model, "frame-accuracy", PERCENT * found.confusion().accuracy()));
        boolean words = !set.silences().isEmpty();
        if (words) {
            rows.add(row(set, model, "frame-accuracy-speech", PERCENT * found.accuracyWithoutSilences()));
            rows.add(row(
                    set,
                    model,
                    "words-known-boundaries",
                    PERCENT * found.words().withKnownBoundaries()));
            rows.add(row(set, model, "words-sentence", PERCENT * found.words().inSentence()));
        }
        rows.add(row(set, model, "edit", found.segments().edit()));
        for (int overlap : SegmentScores.OVERLAPS) {
            rows.add(row(set, model, "f1-" + overlap, found.segments().f1(overlap)));
        }
        return rows;
    }

    /** One figure. */
    static ResultRow row(VideoSet set, String model, String metric, double percent) {
        return ResultRow.of(set.row(), metric, Math.round(percent * 1000) / 1000.0, "%")
                .with("model", model)
                .with("protocol", set.protocol());
    }
}
