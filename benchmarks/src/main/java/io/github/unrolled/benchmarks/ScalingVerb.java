package io.github.unrolled.benchmarks;

import io.github.unrolled.app.UsageException;
import io.github.unrolled.app.Verb;
import io.github.unrolled.app.console.Console;
import io.github.unrolled.app.result.Result;
import io.github.unrolled.app.result.ResultRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Whether the cost grows as the work grows: one size is changed, the others stay. */
@Command(
        name = "scaling",
        description = "Measure tokens a second against window, batch, hidden size and threads. Run nothing else.",
        footer = {"  ./run benchmarks scaling --chart scaling.png", "  ./run benchmarks scaling --cell gru"})
final class ScalingVerb extends Verb {
    private static final int HIDDEN = 128;
    private static final int BATCH = 32;
    private static final int WINDOW = 64;
    private static final double SECONDS = 1;

    @Option(names = "--cell", paramLabel = "CELL", description = "lstm, gru or rnn (default: ${DEFAULT-VALUE}).")
    private String cell = "lstm";

    @Option(names = "--chart", paramLabel = "FILE", description = "Also draw the results into this PNG file.")
    private @Nullable Path chart;

    /** A size that is changed, and its tasks. */
    private record Axis(String name, List<Integer> values) {
        SequenceTask task(SequenceTask.Cell cell, int value) {
            return SequenceTask.training(
                    cell,
                    name.equals("hidden") ? value : HIDDEN,
                    name.equals("batch") ? value : BATCH,
                    name.equals("window") ? value : WINDOW);
        }
    }

    private static final List<Axis> AXES = List.of(
            new Axis("window", List.of(16, 32, 64, 128, 256)),
            new Axis("batch", List.of(4, 8, 16, 32, 64, 128)),
            new Axis("hidden", List.of(32, 64, 128, 256, 512)));

    @Override
    protected Result run(Console console) throws IOException {
        SequenceTask.Cell kind = kind();
        List<ScalingPoint> points = new ArrayList<>();
        for (int threads : new TreeSet<>(List.of(1, Runtime.getRuntime().availableProcessors()))) {
            for (Axis axis : AXES) {
                for (int value : axis.values()) {
                    console.interruption().check();
                    SequenceTask task = axis.task(kind, value);
                    try (PeerProcess us = PeerProcess.start(Peer.OURS, threads)) {
                        Reading reading = us.measure(task, SECONDS);
                        double tokens = (double) task.batch() * task.window();
                        double rate = tokens / reading.milliseconds() * 1000;
                        points.add(new ScalingPoint(
                                axis.name(), value, threads, rate, task.operations() / tokens * rate / 1e9));
                        console.remark(String.format(
                                Locale.ROOT,
                                "%-6s %4d, threads %d: %,.0f tokens/s",
                                axis.name(),
                                value,
                                threads,
                                rate));
                    }
                }
            }
        }
        if (chart != null) {
            ScalingChart.write(points, chart);
        }
        return Result.of(points.stream().map(ScalingVerb::row).toList());
    }

    private SequenceTask.Cell kind() {
        try {
            return SequenceTask.Cell.valueOf(cell.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--cell is " + cell + ", expected lstm, gru or rnn");
        }
    }

    private static ResultRow row(ScalingPoint point) {
        return ResultRow.of(point.axis() + "-" + point.value(), "rate", Math.rint(point.tokensPerSecond()), "tokens/s")
                .with("threads", point.threads())
                .with("gflops", Math.round(point.gigaflops() * 10) / 10.0);
    }
}
