package io.github.unrolled.app.result;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One measured value.
 *
 * @param name what was measured, such as {@code validation} or {@code set5-x2}
 * @param metric which quantity, such as {@code nats/char} or {@code psnr}
 * @param value the number; not-a-number and infinities are written as null in JSON
 * @param unit the unit of the number; empty for a bare one
 * @param extra further fields in their order, such as {@code model} or {@code protocol}; text, numbers or booleans
 */
public record ResultRow(String name, String metric, double value, String unit, Map<String, Object> extra) {
    private static final List<String> OWN = List.of("name", "metric", "value", "unit");

    /** Copies the extra fields. */
    public ResultRow {
        for (Map.Entry<String, Object> field : extra.entrySet()) {
            if (OWN.contains(field.getKey())) {
                throw new IllegalArgumentException("extra field \"" + field.getKey() + "\" is a field of every row");
            }
            Object v = field.getValue();
            if (!(v instanceof String || v instanceof Number || v instanceof Boolean)) {
                throw new IllegalArgumentException("extra field \"" + field.getKey() + "\" is a "
                        + v.getClass().getSimpleName() + ", expected text, a number or a boolean");
            }
        }
        extra = Collections.unmodifiableMap(new LinkedHashMap<>(extra));
    }

    /** A row without further fields. */
    public static ResultRow of(String name, String metric, double value, String unit) {
        return new ResultRow(name, metric, value, unit, Map.of());
    }

    /** This row with one more field: text, a number or a boolean. */
    public ResultRow with(String field, Object fieldValue) {
        Map<String, Object> more = new LinkedHashMap<>(extra);
        more.put(field, fieldValue);
        return new ResultRow(name, metric, value, unit, more);
    }
}
