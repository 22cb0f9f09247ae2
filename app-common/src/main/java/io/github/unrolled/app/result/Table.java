package io.github.unrolled.app.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Rows under a header, drawn as aligned text, Markdown or CSV. Numbers are rounded for reading in text and Markdown and
 * written in full in CSV; columns of numbers are aligned to the right.
 */
public final class Table {
    private final List<String> header;
    private final List<List<Object>> rows = new ArrayList<>();

    /** An empty table with these columns. */
    public Table(List<String> header) {
        this.header = List.copyOf(header);
    }

    /** An empty table with these columns. */
    public Table(String... header) {
        this(List.of(header));
    }

    /**
     * Adds a row.
     *
     * @param cells one for each column: a number, or anything else by its text; an empty string for nothing
     * @return this
     */
    public Table row(List<?> cells) {
        if (cells.size() != header.size()) {
            throw new IllegalArgumentException(
                    "row has " + cells.size() + " cells, expected " + header.size() + ": " + header);
        }
        rows.add(List.copyOf(cells));
        return this;
    }

    /** Adds a row; see {@link #row(List)}. */
    public Table row(Object... cells) {
        return row(List.of(cells));
    }

    /** Whether no row was added. */
    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Aligned plain text with a line under the header; each line ends with a line feed. */
    public String text() {
        List<Integer> widths = widths();
        StringBuilder text = new StringBuilder();
        alignedLine(text, header, widths);
        alignedLine(text, widths.stream().map("-"::repeat).collect(Collectors.toList()), widths);
        rows.forEach(row -> alignedLine(text, shown(row), widths));
        return text.toString();
    }

    /** A Markdown table; each line ends with a line feed. */
    public String markdown() {
        StringBuilder text = new StringBuilder();
        markdownLine(text, header);
        List<String> rule = new ArrayList<>();
        for (int column = 0; column < header.size(); column++) {
            rule.add(isNumeric(column) ? "---:" : "---");
        }
        markdownLine(text, rule);
        rows.forEach(row -> markdownLine(text, shown(row)));
        return text.toString();
    }

    /** Comma-separated values as RFC 4180 has them, with line feeds; numbers in full. */
    public String csv() {
        StringBuilder text = new StringBuilder();
        csvLine(text, header);
        rows.forEach(row -> csvLine(text, row));
        return text.toString();
    }

    private static void csvLine(StringBuilder text, List<?> cells) {
        text.append(cells.stream().map(Object::toString).map(Table::quoted).collect(Collectors.joining(",")))
                .append('\n');
    }

    private static String quoted(String cell) {
        boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }

    private static void markdownLine(StringBuilder text, List<String> cells) {
        text.append(cells.stream()
                        .map(cell -> oneLine(cell).replace("|", "\\|"))
                        .collect(Collectors.joining(" | ", "| ", " |")))
                .append('\n');
    }

    private void alignedLine(StringBuilder text, List<String> cells, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            String cell = oneLine(cells.get(column));
            String padding = " ".repeat(widths.get(column) - length(cell));
            line.append(column == 0 ? "" : "  ").append(isNumeric(column) ? padding + cell : cell + padding);
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }

    private List<Integer> widths() {
        List<Integer> widths = new ArrayList<>();
        for (int column = 0; column < header.size(); column++) {
            int width = length(oneLine(header.get(column)));
            for (List<Object> row : rows) {
                width = Math.max(width, length(oneLine(shown(row.get(column)))));
            }
            widths.add(width);
        }
        return widths;
    }

    private boolean isNumeric(int column) {
        return rows.stream().anyMatch(row -> row.get(column) instanceof Number)
                && rows.stream()
                        .map(row -> row.get(column))
                        .allMatch(cell ->
                                cell instanceof Number || cell.toString().isEmpty());
    }

    private static List<String> shown(List<Object> row) {
        return row.stream().map(Table::shown).collect(Collectors.toList());
    }

    private static String shown(Object cell) {
        return cell instanceof Double || cell instanceof Float
                ? rounded(((Number) cell).doubleValue())
                : cell.toString();
    }

    /** Four decimals around one, two from ten on, one or none from a thousand on; an exponent far from all of these. */
    private static String rounded(double value) {
        if (!Double.isFinite(value) || value == 0) {
            return value == 0 ? "0" : Double.toString(value);
        }
        double size = Math.abs(value);
        if (value == Math.rint(value) && size >= 1000 && size < 1e9) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        if (size < 1e-3 || size >= 1e9) {
            return String.format(Locale.ROOT, "%.4e", value);
        }
        return String.format(Locale.ROOT, size >= 1000 ? "%.1f" : size >= 10 ? "%.2f" : "%.4f", value);
    }

    private static String oneLine(String cell) {
        return cell.replace("\r", "\\r").replace("\n", "\\n");
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
