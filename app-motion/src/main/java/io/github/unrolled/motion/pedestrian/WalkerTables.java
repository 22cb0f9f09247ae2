package io.github.unrolled.motion.pedestrian;

import static io.github.unrolled.motion.task.ErrorTables.text;

import io.github.unrolled.app.result.Result;
import io.github.unrolled.app.result.ResultRow;
import io.github.unrolled.app.result.Table;
import io.github.unrolled.motion.task.ErrorTables;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Rows of errors as papers print them: one table for each way of counting, a line a model, ADE/FDE in a column a scene. */
final class WalkerTables {
    private static final String CLOSING =
            "ADE/FDE in metres, 8 steps observed, 12 predicted, windows of Social-GAN (two complete tracks or more); the mean"
                    + " counts every scene once. Tables do not compare with each other.";

    private WalkerTables() {}

    static ErrorTables of(Result result) {
        Set<String> protocols = new LinkedHashSet<>();
        Set<String> names = new LinkedHashSet<>();
        for (ResultRow row : result.rows()) {
            protocols.add(text(row, "protocol"));
            names.add(row.name());
        }
        ErrorTables tables = new ErrorTables(names.contains(WalkerRows.MEAN) ? CLOSING : "");
        for (String protocol : protocols) {
            List<ResultRow> rows = result.rows().stream()
                    .filter(row -> text(row, "protocol").equals(protocol))
                    .toList();
            tables.add(protocol.substring(0, 1).toUpperCase(Locale.ROOT) + protocol.substring(1), table(rows, names));
        }
        return tables;
    }

    private static Table table(List<ResultRow> rows, Set<String> names) {
        List<String> header = new ArrayList<>(List.of("model"));
        header.addAll(names);
        Table table = new Table(header);
        Set<String> models = new LinkedHashSet<>();
        rows.forEach(row -> models.add(text(row, "model")));
        for (String model : models) {
            List<String> cells = new ArrayList<>(List.of(model));
            for (String name : names) {
                StringBuilder cell = new StringBuilder();
                for (ResultRow row : rows) {
                    if (row.name().equals(name) && text(row, "model").equals(model)) {
                        cell.append(cell.isEmpty() ? "" : "/").append(ErrorTables.number(row));
                    }
                }
                cells.add(cell.toString());
            }
            table.row(cells);
        }
        return table;
    }
}
