package io.github.unrolled.datasets.video.clip;

import io.github.unrolled.datasets.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The labels of a clip's stretches of time, as a file beside the clip has them.
 *
 * <p>A <b>.csv</b> has a start, an end and a label in each line. A first line may name them: {@code start,end,label} is in
 * seconds, as is {@code start_s,end_s,label}; {@code start_ms,end_ms,label} is in milliseconds. The label of a frame is the
 * one at its centre. Stretches between the segments have none.
 *
 * <p>An <b>.align</b> of the GRID corpus has the same three separated by blanks, in units of 1/25000 second. The label of a
 * frame is the segment in which it begins, as the corpus is used: for 25 frames a second that is
 * {@code start <= 1000 i < end}.
 */
public final class LabelFile {
    private static final double ALIGN_UNITS = 25000;
    private static final double MILLIS = 1000;
    private static final long LARGEST_FILE = 1L << 26;

    private final String name;
    private final List<Segment> segments;
    private final double unitsPerSecond;
    private final boolean atCentre;

    private LabelFile(String name, List<Segment> segments, double unitsPerSecond, boolean atCentre) {
        this.name = name;
        this.segments = segments;
        this.unitsPerSecond = unitsPerSecond;
        this.atCentre = atCentre;
    }

    /** The label file beside a video: of the same name but for the ending. */
    static Optional<Path> beside(Path video) {
        String name = String.valueOf(video.getFileName());
        String stem = name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name;
        for (String ending : List.of(".csv", ".align")) {
            Path labels = video.resolveSibling(stem + ending);
            if (Files.isRegularFile(labels)) {
                return Optional.of(labels);
            }
        }
        return Optional.empty();
    }

    /**
     * Reads a .csv or .align.
     *
     * @throws DataException naming file and line, if a line is not as described, segments overlap, or one ends before it
     *     begins
     */
    public static LabelFile read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes((int) LARGEST_FILE);
            if (bytes.length == LARGEST_FILE) {
                throw new DataException(file + " is larger than a file of labels may be");
            }
            return parse(file.toString(), bytes, file.toString().endsWith(".align"));
        }
    }

    /**
     * Reads labels that are in memory.
     *
     * @param name for messages
     * @param bytes UTF-8
     * @param align whether they are an .align, else a .csv
     * @throws DataException as {@link #read}
     */
    public static LabelFile parse(String name, byte[] bytes, boolean align) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new DataException(name + " is not text in UTF-8", e);
        }
        String[] lines = (text.startsWith("\ufeff") ? text.substring(1) : text).split("\r\n|\r|\n", -1);
        double units = align ? ALIGN_UNITS : 1;
        List<Segment> segments = new ArrayList<>();
        for (int i = 0; i < lines.length; i++) {
            String where = name + ", line " + (i + 1);
            if (lines[i].isBlank()) {
                continue;
            }
            List<String> fields = align ? List.of(lines[i].strip().split("\\s+")) : csv(where, lines[i]);
            if (fields.size() != 3) {
                throw new DataException(where + ": " + fields.size() + " fields; start, end and label are expected");
            }
            if (!align
                    && segments.isEmpty()
                    && fields.get(0).toLowerCase(Locale.ROOT).startsWith("start")) {
                units = unit(where, fields);
                continue;
            }
            segments.add(segment(where, fields, i + 1));
        }
        if (segments.isEmpty()) {
            throw new DataException(name + " has no labels; a start, an end and a label in each line are expected");
        }
        segments.sort(Comparator.comparingDouble(Segment::start));
        for (int i = 1; i < segments.size(); i++) {
            Segment before = segments.get(i - 1);
            Segment after = segments.get(i);
            if (after.start() < before.end()) {
                throw new DataException(name + ", line " + Math.max(before.line(), after.line())
                        + ": the segment overlaps that of line " + Math.min(before.line(), after.line()));
            }
        }
        return new LabelFile(name, List.copyOf(segments), units, !align);
    }

    private static List<String> csv(String where, String line) {
        List<String> fields = new ArrayList<>(List.of(line.split(",", 3)));
        for (int i = 0; i < fields.size(); i++) {
            String field = fields.get(i).strip();
            if (field.length() >= 2 && field.startsWith("\"") && field.endsWith("\"")) {
                field = field.substring(1, field.length() - 1).replace("\"\"", "\"");
            } else if (field.contains("\"") || (i == 2 && field.contains(","))) {
                throw new DataException(where + ": a label with commas or quotes is written in quotes");
            }
            fields.set(i, field);
        }
        return fields;
    }

    private static double unit(String where, List<String> fields) {
        String start = fields.get(0).toLowerCase(Locale.ROOT);
        String end = fields.get(1).toLowerCase(Locale.ROOT);
        String unit = start.substring("start".length());
        if (end.equals("end" + unit)) {
            switch (unit) {
                case "", "_s", "_seconds" -> {
                    return 1;
                }
                case "_ms" -> {
                    return MILLIS;
                }
                default -> {
                    // Said below.
                }
            }
        }
        throw new DataException(where + ": the columns " + fields.get(0) + " and " + fields.get(1)
                + " have no unit that is known; start,end or start_s,end_s (seconds) or start_ms,end_ms are expected");
    }

    private static Segment segment(String where, List<String> fields, int line) {
        double start = number(where, fields.get(0));
        double end = number(where, fields.get(1));
        if (start < 0) {
            throw new DataException(where + ": the segment begins at " + fields.get(0) + ", before the clip");
        }
        if (end <= start) {
            throw new DataException(
                    where + ": the segment ends at " + fields.get(1) + ", not after its start " + fields.get(0));
        }
        if (fields.get(2).isEmpty()) {
            throw new DataException(where + ": the label is empty");
        }
        return new Segment(start, end, fields.get(2), line);
    }

    private static double number(String where, String text) {
        try {
            double value = Double.parseDouble(text);
            if (Double.isFinite(value) && !text.matches(".*[dDfFxX]")) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new DataException(where + ": '" + text + "' is not a number" + hint(text), e);
        }
        throw new DataException(where + ": '" + text + "' is not a number" + hint(text));
    }

    private static String hint(String text) {
        return text.matches("[0-9.]+ *[a-zA-Z]+")
                ? "; the unit belongs into the first line, such as start_ms,end_ms"
                : "";
    }

    /** The labels, in the order of their time; one may come more than once. */
    public List<String> labels() {
        return segments.stream().map(Segment::label).toList();
    }

    /**
     * The label of every frame.
     *
     * @param classes the names that labels may have
     * @param frames how many frames the clip has
     * @param seconds when a frame is shown
     * @param frameRateHz frames per second
     * @return {@code [frames]}, {@link LabelledClip#NONE} where there is no segment
     * @throws DataException naming file and line, if a segment lies beyond the end of the clip by more than a frame, or its
     *     label is not among the classes
     */
    public int[] of(
            List<String> classes, int frames, java.util.function.IntToDoubleFunction seconds, double frameRateHz) {
        double frame = 1 / frameRateHz;
        double end = (seconds.applyAsDouble(frames - 1) + 2 * frame) * unitsPerSecond;
        int[] classOf = new int[segments.size()];
        for (int i = 0; i < classOf.length; i++) {
            Segment segment = segments.get(i);
            classOf[i] = classes.indexOf(segment.label());
            if (classOf[i] < 0) {
                throw new DataException(name + ", line " + segment.line() + ": the label '" + segment.label()
                        + "' is none of " + classes);
            }
            if (segment.end() > end + 1e-6 * unitsPerSecond) {
                throw new DataException(String.format(
                        Locale.ROOT,
                        "%s, line %d: the segment ends at %.3f seconds, the clip at %.3f",
                        name,
                        segment.line(),
                        segment.end() / unitsPerSecond,
                        end / unitsPerSecond - frame));
            }
        }
        int[] labels = new int[frames];
        int at = 0;
        for (int i = 0; i < frames; i++) {
            double time = (seconds.applyAsDouble(i) + (atCentre ? frame / 2 : 0)) * unitsPerSecond;
            double exact = atCentre ? time : Math.rint(time);
            while (at < classOf.length && segments.get(at).end() <= exact) {
                at++;
            }
            labels[i] = at < classOf.length && segments.get(at).contains(exact) ? classOf[at] : LabelledClip.NONE;
        }
        return labels;
    }
}
