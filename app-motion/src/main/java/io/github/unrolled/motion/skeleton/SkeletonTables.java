package io.github.unrolled.motion.skeleton;

import static io.github.unrolled.motion.task.ErrorTables.text;

import io.github.unrolled.app.result.Result;
import io.github.unrolled.app.result.ResultRow;
import io.github.unrolled.app.result.Table;
import io.github.unrolled.motion.task.ErrorTables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rows of errors as papers print them: a table for each action, a line a model, a column a horizon. */
final class SkeletonTables {
    private SkeletonTables() {}

    static ErrorTables of(Result result) {
        Map<String, List<ResultRow>> byAction = new LinkedHashMap<>();
        Set<String> protocols = new LinkedHashSet<>();
        for (ResultRow row : result.rows()) {
            String action = row.name().substring(0, row.name().lastIndexOf('-'));
            String figure =
                    row.metric().equals(SkeletonRows.METRIC) ? action : action + ", joints apart in " + row.unit();
            byAction.computeIfAbsent(figure, key -> new ArrayList<>()).add(row);
            protocols.add(text(row, "protocol"));
        }
        ErrorTables tables =
                new ErrorTables("Euler error in radians unless said otherwise; " + String.join("; ", protocols) + ".");
        byAction.forEach((heading, rows) -> tables.add(heading, table(rows)));
        return tables;
    }

    private static Table table(List<ResultRow> rows) {
        Set<String> horizons = new LinkedHashSet<>();
        Set<String> models = new LinkedHashSet<>();
        for (ResultRow row : rows) {
            horizons.add(horizon(row));
            models.add(text(row, "model"));
        }
        List<String> header = new ArrayList<>(List.of("model"));
        header.addAll(horizons);
        Table table = new Table(header);
        for (String model : models) {
            List<String> cells = new ArrayList<>(List.of(model));
            for (String horizon : horizons) {
                cells.add(rows.stream()
                        .filter(row ->
                                text(row, "model").equals(model) && horizon(row).equals(horizon))
                        .map(ErrorTables::number)
                        .findFirst()
                        .orElse(""));
            }
            table.row(cells);
        }
        return table;
    }

    private static String horizon(ResultRow row) {
        return row.name().substring(row.name().lastIndexOf('-') + 1);
    }
}
