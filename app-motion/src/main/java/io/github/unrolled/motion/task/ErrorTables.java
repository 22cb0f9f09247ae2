package io.github.unrolled.motion.task;

import io.github.unrolled.app.result.ResultRow;
import io.github.unrolled.app.result.Table;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Tables of errors as papers print them, each under a heading, and a closing line that says how they were counted. */
public final class ErrorTables {
    private final Map<String, Table> tables = new LinkedHashMap<>();
    private final String closing;

    /** @param closing line; empty for none */
    public ErrorTables(String closing) {
        this.closing = closing;
    }

    /** Adds a table. */
    public void add(String heading, Table table) {
        tables.put(heading, table);
    }

    /** A row's further field as text; empty if it has none of that name. */
    public static String text(ResultRow row, String field) {
        return String.valueOf(row.extra().getOrDefault(field, ""));
    }

    /**
     * An error with its spread over seeds: three decimals, or two, as papers have them, for a row with a {@code source}.
     */
    public static String number(ResultRow row) {
        String value = String.format(Locale.ROOT, row.extra().containsKey("source") ? "%.2f" : "%.3f", row.value());
        return row.extra().get("deviation") instanceof Double deviation
                ? value + String.format(Locale.ROOT, "±%.3f", deviation)
                : value;
    }

    /** For the eye. */
    public String text() {
        return printed(Table::text);
    }

    /** For a document. */
    public String markdown() {
        return printed(Table::markdown);
    }

    private String printed(Function<Table, String> form) {
        StringBuilder text = new StringBuilder();
        tables.forEach((heading, table) ->
                text.append(heading).append(":\n\n").append(form.apply(table)).append('\n'));
        return closing.isEmpty()
                ? text.toString()
                : text.append(closing).append('\n').toString();
    }
}
