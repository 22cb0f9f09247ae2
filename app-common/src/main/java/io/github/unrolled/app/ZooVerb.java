package io.github.unrolled.app;

import io.github.unrolled.app.console.Console;
import io.github.unrolled.app.result.Result;
import io.github.unrolled.app.result.ResultRow;
import io.github.unrolled.models.zoo.Zoo;
import io.github.unrolled.models.zoo.ZooEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;

/** Lists the models of one application that come with the program. */
@Command(
        name = "zoo",
        description = "List the trained models that come with the program.",
        footer = {"  ./run {app} zoo", "  ./run {app} zoo --json models.json"})
public final class ZooVerb extends Verb {
    private final String prefix;

    /** A verb for the models whose names begin with the application's and a slash. */
    public ZooVerb(String application) {
        this.prefix = application + "/";
    }

    @Override
    protected Result run(Console console) {
        List<ResultRow> rows = new ArrayList<>();
        for (ZooEntry entry : entries()) {
            for (ZooEntry.Metric metric : entry.metrics()) {
                rows.add(ResultRow.of(entry.name(), metric.metric(), metric.value(), metric.metric())
                        .with("measured", metric.name())
                        .with("protocol", metric.protocol())
                        .with("parameters", entry.parameters())
                        .with("sha256", entry.sha256()));
            }
        }
        return Result.of(rows);
    }

    @Override
    protected void show(Result result, Console console) {
        int width = entries().stream()
                .flatMap(entry -> lines(entry).stream())
                .mapToInt(line -> line.name.length())
                .max()
                .orElse(0);
        for (ZooEntry entry : entries()) {
            console.out().println(console.bold(entry.name()) + ": " + entry.task());
            for (Line line : lines(entry)) {
                console.out().println("  " + line.name + " ".repeat(width - line.name.length()) + "  " + line.value);
            }
        }
    }

    private record Line(String name, String value) {}

    private static List<Line> lines(ZooEntry entry) {
        List<Line> lines = new ArrayList<>(List.of(
                new Line("follows", entry.paper()),
                new Line("parameters", String.format(Locale.ROOT, "%,d", entry.parameters())),
                new Line("file", String.format(Locale.ROOT, "%s, %,d bytes", entry.file(), entry.bytes())),
                new Line("sha-256", entry.sha256()),
                new Line("weights", entry.weightsLicence()),
                new Line("data", entry.dataLicence())));
        for (ZooEntry.Metric metric : entry.metrics()) {
            lines.add(new Line(
                    metric.name(),
                    String.format(Locale.ROOT, "%.4f %s (%s)", metric.value(), metric.metric(), metric.protocol())));
        }
        lines.add(new Line("trained by", entry.command() + ", seed " + entry.seed()));
        return lines;
    }

    private List<ZooEntry> entries() {
        return Zoo.entries().stream()
                .filter(entry -> entry.name().startsWith(prefix))
                .toList();
    }
}
