package io.github.unrolled.motion.pedestrian;

import io.github.unrolled.app.result.Result;
import io.github.unrolled.app.result.ResultRow;
import io.github.unrolled.app.result.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Rows of errors as papers print them: one table for each way of counting, a line a model, ADE/FDE in a column a scene. */
final class WalkerTables {
    private static final String CLOSING =
            "ADE/FDE in metres, 8 steps observed, 12 predicted, windows of Social-GAN (two complete tracks or more); the mean"
                    + " counts every scene once. Tables do not compare with each other.";

    private final Map<String, Table> tables;
    private final boolean folds;

    private WalkerTables(Map<String, Table> tables, boolean folds) {
        this.tables = tables;
        this.folds = folds;
    }

    static WalkerTables of(Result result) {
        Set<String> protocols = new LinkedHashSet<>();
        Set<String> names = new LinkedHashSet<>();
        for (ResultRow row : result.rows()) {
            protocols.add(text(row, "protocol"));
            names.add(row.name());
        }
        Map<String, Table> tables = new LinkedHashMap<>();
        for (String protocol : protocols) {
            List<ResultRow> rows = result.rows().stream()
                    .filter(row -> text(row, "protocol").equals(protocol))
                    .toList();
            tables.put(protocol, table(rows, names));
        }
        return new WalkerTables(tables, names.contains(WalkerRows.MEAN));
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
                        cell.append(cell.isEmpty() ? "" : "/").append(number(row));
                    }
                }
                cells.add(cell.toString());
            }
            table.row(cells);
        }
        return table;
    }

    private static String number(ResultRow row) {
        boolean published = row.extra().containsKey("source");
        String value = String.format(Locale.ROOT, published ? "%.2f" : "%.3f", row.value());
        return row.extra().get("deviation") instanceof Double deviation
                ? value + String.format(Locale.ROOT, "±%.3f", deviation)
                : value;
    }

    private static String text(ResultRow row, String field) {
        return String.valueOf(row.extra().getOrDefault(field, ""));
    }

    String text() {
        return printed(Table::text);
    }

    String markdown() {
        return printed(Table::markdown);
    }

    private String printed(Function<Table, String> form) {
        StringBuilder text = new StringBuilder();
        tables.forEach((protocol, table) -> text.append(protocol.substring(0, 1).toUpperCase(Locale.ROOT))
                .append(protocol.substring(1))
                .append(":\n\n")
                .append(form.apply(table))
                .append('\n'));
        return folds ? text.append(CLOSING).append('\n').toString() : text.toString();
    }
}
