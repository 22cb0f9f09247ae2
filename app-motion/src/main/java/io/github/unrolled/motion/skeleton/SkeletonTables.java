package io.github.unrolled.motion.skeleton;

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

/** Rows of errors as papers print them: a table for each action, a line a model, a column a horizon. */
final class SkeletonTables {
    private final Map<String, Table> tables = new LinkedHashMap<>();
    private final String closing;

    private SkeletonTables(String closing) {
        this.closing = closing;
    }

    static SkeletonTables of(Result result) {
        Map<String, List<ResultRow>> byAction = new LinkedHashMap<>();
        Set<String> protocols = new LinkedHashSet<>();
        for (ResultRow row : result.rows()) {
            String action = row.name().substring(0, row.name().lastIndexOf('-'));
            byAction.computeIfAbsent(action, key -> new ArrayList<>()).add(row);
            protocols.add(text(row, "protocol"));
        }
        SkeletonTables tables = new SkeletonTables("Euler error in radians; " + String.join("; ", protocols) + ".");
        byAction.forEach((action, rows) -> tables.tables.put(action, table(rows)));
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
                        .map(SkeletonTables::number)
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

    private static String number(ResultRow row) {
        String value = String.format(Locale.ROOT, row.extra().containsKey("source") ? "%.2f" : "%.3f", row.value());
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
        tables.forEach((action, table) ->
                text.append(action).append(":\n\n").append(form.apply(table)).append('\n'));
        return text.append(closing).append('\n').toString();
    }
}
