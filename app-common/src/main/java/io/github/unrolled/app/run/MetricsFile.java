package io.github.unrolled.app.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The grammar of {@code metrics.csv}: a header, then numbers; an empty cell is not-a-number. */
final class MetricsFile {
    private static final int LONGEST_LINE = 1 << 16;

    private MetricsFile() {}

    /** Copies header and rows up to a step; what follows the last line feed is a half-written line and left out. */
    static void copy(Path file, Reader in, OutputStream out, List<String> columns, long lastStep) throws IOException {
        String header = line(in, file, 1);
        if (header == null || !header.equals(String.join(",", columns))) {
            throw new FileSystemException(
                    file.toString(),
                    null,
                    "line 1: columns are \"" + header + "\", this run writes \"" + String.join(",", columns)
                            + "\"; resume with the settings that began the run");
        }
        out.write((header + "\n").getBytes(StandardCharsets.ISO_8859_1));
        int number = 2;
        for (String line = line(in, file, number); line != null; line = line(in, file, ++number)) {
            double[] row = row(file, line, number, columns.size());
            if (row[0] <= lastStep) {
                out.write((line + "\n").getBytes(StandardCharsets.ISO_8859_1));
            }
        }
    }

    /**
     * Reads two columns, leaving out rows where the second is empty.
     *
     * @return steps and values; both empty when there is no such column
     */
    static double[][] read(Path file, String column) throws IOException {
        List<double[]> points = new ArrayList<>();
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            String header = line(in, file, 1);
            List<String> columns = header == null ? List.of() : List.of(header.split(",", -1));
            int index = columns.indexOf(column);
            int number = 2;
            for (String line = line(in, file, number); line != null && index >= 0; line = line(in, file, ++number)) {
                double[] row = row(file, line, number, columns.size());
                if (Double.isFinite(row[index])) {
                    points.add(new double[] {row[0], row[index]});
                }
            }
        }
        return new double[][] {
            points.stream().mapToDouble(p -> p[0]).toArray(),
            points.stream().mapToDouble(p -> p[1]).toArray()
        };
    }

    private static double[] row(Path file, String line, int number, int columns) throws IOException {
        String[] cells = line.split(",", -1);
        try {
            if (cells.length == columns && !cells[0].isEmpty()) {
                return Arrays.stream(cells)
                        .mapToDouble(cell -> cell.isEmpty() ? Double.NaN : Double.parseDouble(cell))
                        .toArray();
            }
        } catch (NumberFormatException e) {
            throw damaged(file, line, number, columns);
        }
        throw damaged(file, line, number, columns);
    }

    private static FileSystemException damaged(Path file, String line, int number, int columns) {
        String start = line.length() > 40 ? line.substring(0, 40) + "…" : line;
        return new FileSystemException(
                file.toString(),
                null,
                "line " + number + ": \"" + start + "\" is not a row of " + columns
                        + " numbers; remove the line or the file");
    }

    /** A line that ends in a line feed, or null; so that a half-written last line is as if it were not there. */
    private static @Nullable String line(Reader in, Path file, int number) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c == '\n') {
                return line.toString();
            }
            if (line.length() == LONGEST_LINE) {
                throw new FileSystemException(file.toString(), null, "line " + number + " is too long for metrics");
            }
            line.append((char) c);
        }
        return null;
    }
}
