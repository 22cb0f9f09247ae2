package io.github.unrolled.model;

import static io.github.unrolled.model.ModelFileException.damaged;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.unrolled.tensor.ElementType;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the JSON at the beginning of a safetensors file says. One that was read is sound: every tensor has the bytes that
 * its shape needs, and each begins where the one before it ends.
 *
 * @param entries the tensors in the order of their places
 * @param metadata text by name
 */
record SafeTensorsHeader(List<Entry> entries, Map<String, String> metadata) {
    private static final String METADATA = "__metadata__";
    private static final int LARGEST_RANK = 32;
    /** What fits into an array, on every Java. */
    private static final int LARGEST_TENSOR = Integer.MAX_VALUE - 8;

    private static final int LONGEST_QUOTE = 80;

    /** The element types that are read. */
    enum Type {
        F64(8),
        F32(4),
        F16(2),
        BF16(2),
        I64(8),
        I32(4);

        private final int bytes;

        Type(int bytes) {
            this.bytes = bytes;
        }

        static Optional<Type> of(String name) {
            return Arrays.stream(values())
                    .filter(type -> type.name().equals(name))
                    .findFirst();
        }
    }

    /**
     * One tensor.
     *
     * @param from where its first byte lies, counted from the end of the header
     * @param to where the byte behind its last one lies
     */
    record Entry(String name, Type type, Shape shape, long from, long to) {
        /** For messages. */
        String described() {
            return "tensor " + quoted(name) + " (" + type + " " + shape + ")";
        }
    }

    static SafeTensorsHeader read(String source, byte[] json) {
        ObjectNode header = Json.read(source, "its header", json);
        Map<String, String> metadata = new LinkedHashMap<>();
        List<Entry> entries = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : header.properties()) {
            if (field.getKey().equals(METADATA)) {
                readMetadata(source, field.getValue(), metadata);
            } else {
                entries.add(readEntry(source, field.getKey(), field.getValue()));
            }
        }
        entries.sort(Comparator.comparingLong(Entry::from).thenComparingLong(Entry::to));
        long expected = 0;
        for (Entry entry : entries) {
            if (entry.from != expected) {
                throw damaged(
                        source,
                        entry.described() + " begins at byte " + entry.from + " of the data, expected " + expected);
            }
            expected = entry.to;
        }
        return new SafeTensorsHeader(entries, metadata);
    }

    private static void readMetadata(String source, JsonNode texts, Map<String, String> metadata) {
        if (!texts.isObject()) {
            throw damaged(source, METADATA + " in its header is no JSON object");
        }
        texts.properties().forEach(text -> {
            if (!text.getValue().isTextual()) {
                throw damaged(source, METADATA + " in its header has no text for " + quoted(text.getKey()));
            }
            metadata.put(text.getKey(), text.getValue().textValue());
        });
    }

    private static Entry readEntry(String source, String name, JsonNode described) {
        JsonNode stored = described.path("dtype");
        JsonNode dims = described.path("shape");
        JsonNode offsets = described.path("data_offsets");
        boolean complete = stored.isTextual()
                && dims.isArray()
                && dims.size() <= LARGEST_RANK
                && offsets.isArray()
                && offsets.size() == 2;
        if (!complete) {
            throw damaged(source, "tensor " + quoted(name) + " has no dtype, shape or data_offsets");
        }
        Type type = Type.of(stored.textValue())
                .orElseThrow(() -> new ModelFileException(source + ": tensor " + quoted(name) + " has elements of type "
                        + quoted(stored.textValue()) + ", expected one of " + Arrays.toString(Type.values())));
        Shape shape = readShape(source, name, dims, type.bytes);
        long from = readOffset(source, name, offsets.get(0));
        long to = readOffset(source, name, offsets.get(1));
        Entry entry = new Entry(name, type, shape, from, to);
        long needed = shape.elements() * type.bytes;
        if (to - from != needed) {
            throw damaged(
                    source,
                    entry.described() + " lies at bytes " + from + " to " + to + " of the data, but takes " + needed);
        }
        return entry;
    }

    private static Shape readShape(String source, String name, JsonNode dims, long elementBytes) {
        int[] extents = new int[dims.size()];
        long bytes = elementBytes;
        for (int i = 0; i < extents.length; i++) {
            JsonNode dim = dims.get(i);
            // An extent of zero does not excuse the others: their product must fit as well.
            if (dim.isInt() && dim.intValue() >= 0) {
                extents[i] = dim.intValue();
                bytes *= Math.max(1, extents[i]);
            } else {
                bytes = Long.MAX_VALUE;
            }
            if (bytes > LARGEST_TENSOR) {
                throw damaged(
                        source,
                        "tensor " + quoted(name) + " has the shape " + quoted(Json.text(dims))
                                + ", expected extents from 0" + " that make at most " + LARGEST_TENSOR + " bytes");
            }
        }
        return Shape.of(extents);
    }

    private static long readOffset(String source, String name, JsonNode offset) {
        boolean whole = offset.isInt() || offset.isLong();
        if (!whole || offset.longValue() < 0) {
            throw damaged(source, "tensor " + quoted(name) + " has the data offset " + quoted(Json.text(offset)));
        }
        return offset.longValue();
    }

    /** The header of tensors that lie one behind the other in the order of the map. */
    static SafeTensorsHeader of(Map<String, Tensor> tensors, Map<String, String> metadata, StoredType type) {
        List<Entry> entries = new ArrayList<>();
        long offset = 0;
        for (Map.Entry<String, Tensor> named : tensors.entrySet()) {
            if (named.getKey().equals(METADATA)) {
                throw new IllegalArgumentException("no tensor may have the name " + METADATA);
            }
            Tensor tensor = named.getValue();
            StoredType stored = tensor.type() == ElementType.FLOAT64 ? StoredType.F64 : type;
            long bytes = tensor.elements() * stored.bytes();
            if (bytes > LARGEST_TENSOR) {
                throw new IllegalArgumentException("tensor " + named.getKey() + " " + tensor.shape() + " takes " + bytes
                        + " bytes, at most " + LARGEST_TENSOR + " can be read");
            }
            long end = offset + bytes;
            entries.add(new Entry(named.getKey(), Type.valueOf(stored.name()), tensor.shape(), offset, end));
            offset = end;
        }
        return new SafeTensorsHeader(entries, metadata);
    }

    byte[] toJson() {
        ObjectNode header = Json.object();
        if (!metadata.isEmpty()) {
            ObjectNode texts = header.putObject(METADATA);
            metadata.forEach(texts::put);
        }
        for (Entry entry : entries) {
            ObjectNode described = header.putObject(entry.name);
            described.put("dtype", entry.type.name());
            ArrayNode dims = described.putArray("shape");
            for (int dim : entry.shape.dims()) {
                dims.add(dim);
            }
            described.putArray("data_offsets").add(entry.from).add(entry.to);
        }
        return Json.compact(header);
    }

    /** Text from a file as it may stand in a message: in one line and not too long. */
    private static String quoted(String text) {
        String shown = text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) + "..." : text;
        return "'" + shown.replaceAll("\\p{Cntrl}", "?") + "'";
    }
}
