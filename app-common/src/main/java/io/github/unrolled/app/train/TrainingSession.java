package io.github.unrolled.app.train;

import io.github.unrolled.app.console.Console;
import io.github.unrolled.app.console.Progress;
import io.github.unrolled.app.result.ResultRow;
import io.github.unrolled.app.run.Curve;
import io.github.unrolled.app.run.MetricsLog;
import io.github.unrolled.app.run.RunFolder;
import io.github.unrolled.app.run.RunInfo;
import io.github.unrolled.app.run.TrainingRecorder;
import io.github.unrolled.train.Task.Measurement;
import io.github.unrolled.train.Training;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * Everything around a training: what {@code run.json} says, metrics, progress, the curve, and what the user is told at the
 * end.
 *
 * @param console of the verb
 * @param folder of the run, open
 * @param info what is run
 * @param words what is measured
 */
public record TrainingSession(Console console, RunFolder folder, RunInfo info, Words words) {
    /**
     * What a task's figures are called.
     *
     * @param title of the curve
     * @param loss axis of the curve, such as {@code nats per character}
     * @param rate what is counted, such as {@code chars/s}
     * @param unit of the validation loss, such as {@code nats/char}
     * @param scale what a training loss is multiplied by, to be in the unit of the validation loss too
     */
    public record Words(String title, String loss, String rate, String unit, double scale) {
        /** Both losses have one unit. */
        public Words(String title, String loss, String rate, String unit) {
            this(title, loss, rate, unit, 1);
        }
    }

    /**
     * Trains, or goes on if the training has done steps already.
     *
     * @return what it came to; the verb's own rows can follow
     */
    public Training.Report run(Training<?> training) throws IOException {
        long before = training.steps();
        if (before > 0) {
            folder.describeResumed(info, before);
        } else {
            folder.describe(info);
        }
        Training.Report report;
        try (MetricsLog log = before > 0
                        ? folder.metricsAfter(before, TrainingRecorder.COLUMNS)
                        : folder.metrics(TrainingRecorder.COLUMNS);
                Progress progress = Progress.start(console, "training")) {
            TrainingRecorder recorder = new TrainingRecorder(log, progress, words.rate(), words.unit(), words.scale());
            report = training.run(
                    folder.best(),
                    folder.last(),
                    String.join(" ", info.commandLine()),
                    recorder,
                    recorder::before,
                    console.interruption()::requested);
            recorder.flush();
        }
        // A virtual machine that is being shut down cannot load what draws.
        if (!console.interruption().requested()) {
            curve().write(folder.curveFile());
        }
        return report;
    }

    /** The losses of the run so far, to be drawn. */
    public Curve curve() throws IOException {
        return Curve.of(folder.metricsFile(), words.title(), words.loss(), "validation");
    }

    /** Tells how the training ended; the rows are the figure of the best model, and none if the run was stopped. */
    public List<ResultRow> conclude(Training.Report report) {
        if (!report.outcome().completed()) {
            console.remark("stopped after step " + report.outcome().steps() + "; continue with: ./run " + info.app()
                    + " train --resume " + folder.path());
            return List.of();
        }
        console.remark(String.format(
                Locale.ROOT,
                "%d steps in %s; the best model is %s",
                report.outcome().steps(),
                Progress.duration(report.outcome().seconds()),
                folder.best()));
        return report.best().stream().map(best -> row(best, report)).toList();
    }

    private static ResultRow row(Measurement best, Training.Report report) {
        return ResultRow.of("validation", best.unit(), best.value(), best.unit())
                .with("protocol", best.protocol())
                .with("steps", report.outcome().steps())
                .with("training_minutes", Math.round(report.outcome().seconds() / 0.6) / 100.0);
    }
}
