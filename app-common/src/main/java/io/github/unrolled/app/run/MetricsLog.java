package io.github.unrolled.app.run;

import io.github.unrolled.model.AtomicFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Appends rows to {@code metrics.csv}, each in one write, so that a killed process spoils at most the last line. */
public final class MetricsLog implements AutoCloseable {
    private final Path file;
    private final List<String> columns;
    private final FileChannel channel;

    private MetricsLog(Path file, List<String> columns) throws IOException {
        this.file = file;
        this.columns = columns;
        this.channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    /**
     * Starts a new file.
     *
     * @param columns their names; the first two are {@code step} and {@code loss}
     */
    public static MetricsLog create(Path file, List<String> columns) throws IOException {
        List<String> checked = checked(columns);
        AtomicFile.write(file, String.join(",", checked) + "\n");
        return new MetricsLog(file, checked);
    }

    /**
     * Continues a file after a step, as if the rows after that step had never been written.
     *
     * @throws FileSystemException naming file and line, when it has other columns or is damaged before its last line
     */
    public static MetricsLog resume(Path file, List<String> columns, long step) throws IOException {
        List<String> checked = checked(columns);
        if (!Files.exists(file)) {
            return create(file, checked);
        }
        AtomicFile.write(file, out -> {
            try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
                MetricsFile.copy(file, in, out, checked, step);
            }
        });
        return new MetricsLog(file, checked);
    }

    /**
     * Appends a row.
     *
     * @param step the step, in ascending order
     * @param values of the other columns, the loss first; not-a-number leaves a cell empty
     */
    public void row(long step, double... values) throws IOException {
        if (values.length != columns.size() - 1) {
            throw new IllegalArgumentException("row has " + values.length + " values after the step, expected "
                    + (columns.size() - 1) + ": " + columns);
        }
        StringBuilder line = new StringBuilder().append(step);
        for (double value : values) {
            line.append(',').append(text(value));
        }
        ByteBuffer bytes = ByteBuffer.wrap(line.append('\n').toString().getBytes(StandardCharsets.US_ASCII));
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw named(e);
        }
    }

    /** Forces the rows to disk; to be called before a checkpoint that a resume may begin from. */
    public void force() throws IOException {
        try {
            channel.force(false);
        } catch (IOException e) {
            throw named(e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** The shortest text that reads back as the same number; most metrics are floats. */
    private static String text(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        float single = (float) value;
        return single == value ? Float.toString(single) : Double.toString(value);
    }

    private static List<String> checked(List<String> columns) {
        if (columns.size() < 2
                || !columns.get(0).equals("step")
                || !columns.get(1).equals("loss")) {
            throw new IllegalArgumentException("columns are " + columns + ", expected to begin with step, loss");
        }
        for (String column : columns) {
            if (!column.matches("[A-Za-z0-9_./ -]+")) {
                throw new IllegalArgumentException(
                        "column name \"" + column + "\" has characters that a CSV header may not");
            }
        }
        return List.copyOf(columns);
    }

    private FileSystemException named(IOException e) {
        FileSystemException named = new FileSystemException(file.toString(), null, e.getMessage());
        named.initCause(e);
        return named;
    }
}
