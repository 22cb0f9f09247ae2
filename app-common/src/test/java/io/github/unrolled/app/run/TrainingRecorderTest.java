package io.github.unrolled.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unrolled.app.console.Console;
import io.github.unrolled.app.console.Progress;
import io.github.unrolled.train.Checkpoints;
import io.github.unrolled.train.Snapshot;
import io.github.unrolled.train.TrainingListener.EvaluationReport;
import io.github.unrolled.train.TrainingListener.StepReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingRecorderTest {
    @TempDir
    Path folder;

    @Test
    void everyStepIsARowThatIsOnDiskBeforeTheCheckpointOfTheStep() throws IOException {
        Path file = folder.resolve("metrics.csv");
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        List<String> rowsAtCheckpoint = new ArrayList<>();
        Checkpoints checkpoints = new Checkpoints() {
            @Override
            public void saveLast(Snapshot snapshot) {
                try {
                    rowsAtCheckpoint.addAll(Files.readAllLines(file));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }

            @Override
            public void saveBest(long step, double validationLoss) {
                rowsAtCheckpoint.add("best " + step + " " + validationLoss);
            }
        };
        try (MetricsLog log = MetricsLog.create(file, TrainingRecorder.COLUMNS);
                Progress progress = Progress.start(Console.of(stream, stream), "training")) {
            TrainingRecorder recorder = new TrainingRecorder(log, progress, "chars/s", "nats/char", 0.5);
            Checkpoints guarded = recorder.before(checkpoints);
            recorder.onStep(report(1, 8));
            recorder.onStep(report(2, 6));
            guarded.saveBest(2, 2.5);
            recorder.onEvaluation(new EvaluationReport(2, 2.5, true));
            recorder.onStep(report(3, 4));
            guarded.saveLast(new Snapshot());
            recorder.onStep(report(4, 3.5));
            recorder.flush();
            recorder.flush();
        }
        String header = "step,loss,validation,learning_rate,gradient_norm,units_per_second,seconds";
        List<String> rows = List.of(
                header, "1,4.0,,0.5,0.25,100.0,1.0", "2,3.0,2.5,0.5,0.25,100.0,2.0", "3,2.0,,0.5,0.25,100.0,3.0");
        List<String> withBest = new ArrayList<>(rows);
        withBest.add(0, "best 2 2.5");
        assertThat(rowsAtCheckpoint).isEqualTo(withBest);
        List<String> all = new ArrayList<>(rows);
        all.add("4,1.75,,0.5,0.25,100.0,4.0");
        assertThat(Files.readAllLines(file)).isEqualTo(all);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("step 2: validation 2.5000 nats/char, the best so far" + System.lineSeparator());
    }

    private static StepReport report(long step, double loss) {
        return new StepReport(step, loss, 0.5, 0.25, 100, step / 10.0, step);
    }
}
