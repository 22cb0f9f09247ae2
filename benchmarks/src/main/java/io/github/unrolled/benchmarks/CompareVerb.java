package io.github.unrolled.benchmarks;

import io.github.unrolled.app.UsageException;
import io.github.unrolled.app.Verb;
import io.github.unrolled.app.WorkFailedException;
import io.github.unrolled.app.console.Console;
import io.github.unrolled.app.result.Result;
import io.github.unrolled.app.result.ResultRow;
import io.github.unrolled.app.result.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures every task beside every peer that can do it. */
@Command(
        name = "compare",
        description = "Measure training steps and sampling beside libtorch and stock Deeplearning4j. Run nothing else.",
        footer = {
            "  ./run benchmarks --json benchmarks.json --chart benchmarks.png",
            "  ./run benchmarks --quick",
            "  ./run benchmarks --rows lstm-128,sample-512 --pairs 15"
        })
final class CompareVerb extends Verb {
    private static final double SECONDS = 2;
    private static final double QUICK_SECONDS = 0.4;
    /** Stock Deeplearning4j is compared at one size of each kind: its steps take seconds. */
    private static final List<String> STOCK_ROWS = List.of("lstm-128", "conv");

    @Option(names = "--quick", description = "Only the rows of libtorch, in three minutes.")
    private boolean quick;

    @Option(
            names = "--rows",
            paramLabel = "NAME",
            split = ",",
            description = "Only these, such as lstm-128,sample-512 (default: all).")
    private List<String> names = List.of();

    @Option(names = "--pairs", paramLabel = "N", description = "Pairs a row (default: ${DEFAULT-VALUE}).")
    private int pairs = 7;

    @Option(names = "--chart", paramLabel = "FILE", description = "Also draw the ratios into this PNG file.")
    private @Nullable Path chart;

    private final List<Row> rows = new ArrayList<>();
    private double peak;

    @Override
    protected Result run(Console console) throws IOException {
        if (pairs < 1) {
            throw new UsageException("--pairs is " + pairs + ", expected 1 or more");
        }
        List<Task> tasks = tasks();
        peak = peak();
        List<Peer> peers = quick ? List.of(Peer.LIBTORCH) : List.of(Peer.LIBTORCH, Peer.DL4J, Peer.DL4J_TUNED);
        for (Peer peer : peers) {
            compare(console, peer, tasks);
        }
        // Noise only ever slows down.
        peak = Math.max(peak, peak());
        console.remark(String.format(Locale.ROOT, "matrix products reach %.0f GFLOP a second here", peak));
        if (rows.isEmpty()) {
            throw new WorkFailedException("no peer could be measured; the remarks above say why");
        }
        if (chart != null) {
            RatioChart.write(rows, chart);
        }
        List<ResultRow> results = rows.stream().map(row -> row.result(peak)).toList();
        return Result.of(results);
    }

    private List<Task> tasks() {
        List<Task> chosen = new ArrayList<>();
        for (String name : names) {
            Optional<Task> task = Task.named(name);
            chosen.add(task.orElseThrow(() -> new UsageException("--rows names " + name + ", expected some of "
                    + String.join(", ", Task.all().stream().map(Task::name).toList()))));
        }
        return chosen.isEmpty() ? Task.all() : chosen;
    }

    private static double peak() throws IOException {
        try (PeerProcess us = PeerProcess.start(Peer.OURS)) {
            return us.peak();
        }
    }

    private void compare(Console console, Peer peer, List<Task> tasks) throws IOException {
        for (Task task : tasks) {
            if (peer != Peer.LIBTORCH && !STOCK_ROWS.contains(task.name())) {
                continue;
            }
            console.interruption().check();
            // New processes for each row: what one row held does not count for the next.
            try (PeerProcess us = PeerProcess.start(Peer.OURS);
                    PeerProcess them = PeerProcess.start(peer)) {
                Row row = Row.measure(task, peer.label(), us, them, pairs, quick ? QUICK_SECONDS : SECONDS);
                rows.add(row);
                console.remark(String.format(
                        Locale.ROOT,
                        "%-10s %-10s ours %9.3f ms, %9.3f ms: %.2f times",
                        task.name(),
                        peer.label(),
                        row.ourMilliseconds(),
                        row.peerMilliseconds(),
                        row.ratio()));
            } catch (PeerException e) {
                console.remark(e.getMessage() + "; this row is left out");
            }
        }
    }

    @Override
    protected void show(Result result, Console console) {
        Table table = new Table("row", "peer", "ours, ms", "peer, ms", "ratio", "spread", "of the peak", "memory, MB");
        for (Row row : rows) {
            Reading our = row.ours().get(row.ours().size() - 1);
            Reading their = row.theirs().get(row.theirs().size() - 1);
            table.row(
                    row.task().name(),
                    row.peer(),
                    decimals(row.ourMilliseconds()),
                    decimals(row.peerMilliseconds()),
                    String.format(Locale.ROOT, "%.2f", row.ratio()),
                    String.format(Locale.ROOT, "%.0f %%", 100 * row.spread()),
                    String.format(Locale.ROOT, "%.0f %%", 100 * row.peakFraction(peak)),
                    String.format(Locale.ROOT, "%.0f / %.0f", our.residentMegabytes(), their.residentMegabytes()));
        }
        console.out().print(table.markdown());
    }

    private static String decimals(double milliseconds) {
        return String.format(Locale.ROOT, milliseconds < 10 ? "%.3f" : "%.1f", milliseconds);
    }
}
