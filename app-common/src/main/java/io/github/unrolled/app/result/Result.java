package io.github.unrolled.app.result;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a verb hands back: its rows, and a sentence for each part that failed while the rest went on (one damaged picture
 * of a folder), which makes the exit code 1.
 *
 * @param rows the measured values, in the order to show
 * @param failures one sentence for each part that failed
 */
public record Result(List<ResultRow> rows, List<String> failures) {
    /** Copies both lists. */
    public Result {
        rows = List.copyOf(rows);
        failures = List.copyOf(failures);
    }

    /** These rows. */
    public static Result of(ResultRow... rows) {
        return new Result(List.of(rows), List.of());
    }

    /** These rows. */
    public static Result of(List<ResultRow> rows) {
        return new Result(rows, List.of());
    }

    /** Nothing was measured. */
    public static Result none() {
        return of();
    }

    /** This result with one more row. */
    public Result with(ResultRow row) {
        List<ResultRow> more = new ArrayList<>(rows);
        more.add(row);
        return new Result(more, failures);
    }

    /** This result with one more part that failed. */
    public Result withFailure(String sentence) {
        List<String> more = new ArrayList<>(failures);
        more.add(sentence);
        return new Result(rows, more);
    }

    /** The rows as a table: name, metric, value, unit and a column for each further field that some row has. */
    public Table table() {
        Set<String> extras = new LinkedHashSet<>();
        rows.forEach(row -> extras.addAll(row.extra().keySet()));
        List<String> header = new ArrayList<>(List.of("name", "metric", "value", "unit"));
        header.addAll(extras);
        Table table = new Table(header);
        for (ResultRow row : rows) {
            List<Object> cells = new ArrayList<>(List.of(row.name(), row.metric(), row.value(), row.unit()));
            cells.addAll(extras.stream()
                    .map(field -> row.extra().getOrDefault(field, ""))
                    .collect(Collectors.toList()));
            table.row(cells);
        }
        return table;
    }
}
