package io.github.unrolled.datasets.video.clip;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.video.clip.ClipSplit.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a {@code clips.csv} says of clips. Its first line names the columns: {@code clip} is needed; {@code group} (or
 * {@code person}) and {@code split} (train, valid, test) are used; others can be asked for.
 */
public final class ClipList {
    private static final String FILE = "clips.csv";

    private final String name;
    private final Map<String, Map<String, String>> rows;

    private ClipList(String name, Map<String, Map<String, String>> rows) {
        this.name = name;
        this.rows = rows;
    }

    /** The list in a folder, if it has one. */
    public static Optional<ClipList> in(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        return Files.isRegularFile(file) ? Optional.of(read(file)) : Optional.empty();
    }

    /**
     * Reads a list.
     *
     * @throws DataException naming file and line, if it is not as described
     */
    public static ClipList read(Path file) throws IOException {
        List<String> lines =
                Files.readString(file, StandardCharsets.UTF_8).lines().toList();
        if (lines.isEmpty()) {
            throw new DataException(file + " is empty; a first line that names the columns is expected");
        }
        List<String> columns = List.of(lines.get(0).strip().split(",", -1));
        if (!columns.contains("clip")) {
            throw new DataException(file + ", line 1: no column is called clip; the columns are " + columns);
        }
        Map<String, Map<String, String>> rows = new LinkedHashMap<>();
        for (int i = 1; i < lines.size(); i++) {
            if (lines.get(i).isBlank()) {
                continue;
            }
            List<String> fields = Arrays.asList(lines.get(i).split(",", -1));
            if (fields.size() != columns.size()) {
                throw new DataException(file + ", line " + (i + 1) + ": " + fields.size() + " fields where there are "
                        + columns.size() + " columns");
            }
            Map<String, String> row = new LinkedHashMap<>();
            for (int c = 0; c < columns.size(); c++) {
                row.put(columns.get(c), fields.get(c).strip());
            }
            if (rows.put(row.getOrDefault("clip", ""), row) != null) {
                throw new DataException(file + ", line " + (i + 1) + ": the clip " + row.get("clip") + " comes twice");
            }
        }
        return new ClipList(file.toString(), rows);
    }

    /** The clips, in the order of the file. */
    public List<String> clips() {
        return new ArrayList<>(rows.keySet());
    }

    /** A value of a clip, if the clip and the column are there. */
    public Optional<String> value(String clip, String column) {
        return Optional.ofNullable(rows.getOrDefault(clip, Map.of()).get(column));
    }

    /**
     * A value of a clip.
     *
     * @throws DataException if the clip or the column is not there
     */
    public String require(String clip, String column) {
        return value(clip, column)
                .orElseThrow(() -> new DataException(name + " has no column " + column + " for the clip " + clip));
    }

    /**
     * A whole number of a clip.
     *
     * @throws DataException if it is not there or none
     */
    public int number(String clip, String column) {
        String text = require(clip, column);
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new DataException(
                    name + ": the column " + column + " of the clip " + clip + " is '" + text + "', not a number", e);
        }
    }

    /** What the clip, called with or without its ending, was taken from, if the list says it. */
    public Optional<String> group(String clip) {
        return value(clip, "group")
                .or(() -> value(clip, "person"))
                .or(() -> value(stem(clip), "group"))
                .or(() -> value(stem(clip), "person"));
    }

    /**
     * The split, if the list has one.
     *
     * @throws DataException if a part is none of train, valid and test
     */
    public Optional<Map<String, Part>> split() {
        Map<String, Part> parts = new LinkedHashMap<>();
        for (String clip : rows.keySet()) {
            Optional<String> text = value(clip, "split");
            if (text.isEmpty()) {
                return Optional.empty();
            }
            parts.put(clip, part(clip, text.get()));
        }
        return Optional.of(parts);
    }

    /**
     * The split of a set whose clips are in the list, by their names with or without the ending.
     *
     * @return nothing if the list has no splits
     * @throws DataException if a clip is not in the list, or a group is divided
     */
    public Optional<ClipSplit> split(ClipSet set) {
        return split().map(parts -> {
            Map<String, Part> named = new LinkedHashMap<>(parts);
            for (LabelledClip clip : set.clips()) {
                Part part = parts.get(stem(clip.name()));
                if (part != null) {
                    named.putIfAbsent(clip.name(), part);
                }
            }
            return set.split(named);
        });
    }

    private static String stem(String clip) {
        return clip.substring(0, clip.lastIndexOf('.') < 0 ? clip.length() : clip.lastIndexOf('.'));
    }

    private Part part(String clip, String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "train" -> Part.TRAIN;
            case "valid" -> Part.VALID;
            case "test" -> Part.TEST;
            default ->
                throw new DataException(name + ": the clip " + clip + " is in the part '" + text
                        + "'; train, valid or test is expected");
        };
    }
}
