package io.github.unrolled.app.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.unrolled.model.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The file of {@code --json}: one object {@code {"app", "verb", "results": [{"name", "metric", "value", "unit", …}],
 * "seconds"}}, with {@code "failures"} when some part failed and {@code "interrupted": true} when the work was cut short.
 */
public final class ResultFile {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ResultFile() {}

    /**
     * Writes the result whole or not at all.
     *
     * @param seconds how long the verb took
     * @param interrupted whether it was asked to stop before its end
     */
    public static void write(Path file, String app, String verb, Result result, double seconds, boolean interrupted)
            throws IOException {
        AtomicFile.write(file, json(app, verb, result, seconds, interrupted));
    }

    static String json(String app, String verb, Result result, double seconds, boolean interrupted) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("app", app).put("verb", verb);
        ArrayNode rows = root.putArray("results");
        for (ResultRow row : result.rows()) {
            ObjectNode object = rows.addObject();
            object.put("name", row.name()).put("metric", row.metric());
            putNumber(object, "value", row.value());
            object.put("unit", row.unit());
            row.extra().forEach((field, value) -> {
                if (value instanceof Double || value instanceof Float) {
                    putNumber(object, field, ((Number) value).doubleValue());
                } else {
                    object.set(field, MAPPER.valueToTree(value));
                }
            });
        }
        if (!result.failures().isEmpty()) {
            ArrayNode failures = root.putArray("failures");
            result.failures().forEach(failures::add);
        }
        if (interrupted) {
            root.put("interrupted", true);
        }
        root.put("seconds", Math.round(seconds * 1e3) / 1e3);
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a result cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** JSON knows no NaN and no infinity. */
    private static void putNumber(ObjectNode object, String field, double value) {
        if (Double.isFinite(value)) {
            object.put(field, value);
        } else {
            object.putNull(field);
        }
    }
}
