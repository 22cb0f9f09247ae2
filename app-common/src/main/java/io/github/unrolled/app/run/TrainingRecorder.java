package io.github.unrolled.app.run;

import io.github.unrolled.app.console.Progress;
import io.github.unrolled.train.Checkpoints;
import io.github.unrolled.train.Snapshot;
import io.github.unrolled.train.TrainingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Shows a training run and writes its metrics: every step is a row, and the row of a step after which the model was
 * evaluated has the validation loss as well. It does not own the log and the progress.
 *
 * <pre>{@code
 * try (MetricsLog log = run.metrics(TrainingRecorder.COLUMNS); Progress progress = Progress.start(console, "training")) {
 *     TrainingRecorder recorder = new TrainingRecorder(log, progress, "chars/s", "nats/char", 1);
 *     trainer.run(evaluation, recorder.before(checkpoints), recorder, console.interruption()::requested);
 *     recorder.flush();
 * }
 * }</pre>
 */
public final class TrainingRecorder implements TrainingListener {
    /** The columns of the metrics. */
    public static final List<String> COLUMNS =
            List.of("step", "loss", "validation", "learning_rate", "gradient_norm", "units_per_second", "seconds");

    private final MetricsLog log;
    private final Progress progress;
    private final String speedUnit;
    private final String metric;
    private final double scale;
    private @Nullable StepReport pending;
    private double validation = Double.NaN;

    /**
     * A recorder.
     *
     * @param speedUnit what is counted, such as {@code chars/s} or {@code samples/s}
     * @param metric the unit of the validation loss, such as {@code nats/char}
     * @param scale what a training loss is multiplied by, to be in that unit too
     */
    public TrainingRecorder(MetricsLog log, Progress progress, String speedUnit, String metric, double scale) {
        this.log = log;
        this.progress = progress;
        this.speedUnit = speedUnit;
        this.metric = metric;
        this.scale = scale;
    }

    @Override
    public void onStep(StepReport report) {
        flush();
        pending = report;
        double loss = report.loss() * scale;
        progress.update(
                report.progress(),
                () -> Progress.detail(report.step(), loss, report.rate(), report.unitsPerSecond(), speedUnit));
    }

    @Override
    public void onEvaluation(EvaluationReport report) {
        validation = report.loss();
        progress.line(String.format(
                Locale.ROOT,
                "step %,d: validation %.4f %s%s",
                report.step(),
                report.loss(),
                metric,
                report.best() ? ", the best so far" : ""));
        flush();
    }

    /** Writes the row of the last step, which waits for an evaluation after it. */
    public void flush() {
        StepReport report = pending;
        if (report == null) {
            return;
        }
        pending = null;
        try {
            log.row(
                    report.step(),
                    report.loss() * scale,
                    validation,
                    report.rate(),
                    report.gradientNorm(),
                    report.unitsPerSecond(),
                    report.seconds());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        validation = Double.NaN;
    }

    /** The same checkpoints, with the metrics on disk before each, so that a resumed run finds every earlier row. */
    public Checkpoints before(Checkpoints checkpoints) {
        return new Checkpoints() {
            @Override
            public void saveLast(Snapshot snapshot) {
                flush();
                try {
                    log.force();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                checkpoints.saveLast(snapshot);
            }

            @Override
            public void saveBest(long step, double validationLoss) {
                checkpoints.saveBest(step, validationLoss);
            }
        };
    }
}
