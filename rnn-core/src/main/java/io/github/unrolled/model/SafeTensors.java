package io.github.unrolled.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.unrolled.tensor.ElementType;
import io.github.unrolled.tensor.HeapMemory;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The safetensors format: eight bytes with the length of a JSON header, the header with type, shape and place of every
 * tensor, then the elements, little-endian. Every length is checked before memory is asked for.
 */
public final class SafeTensors {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LENGTH_BYTES = Long.BYTES;
    private static final int LARGEST_HEADER = 16 << 20;
    private static final int ALIGNMENT = 8;
    private static final String METADATA = "__metadata__";

    private SafeTensors() {}

    /**
     * What a file holds.
     *
     * @param tensors by name, in the order of their places, on the heap; half precision is read as single
     * @param metadata text by name
     */
    public record Contents(Map<String, Tensor> tensors, Map<String, String> metadata) {}

    /** Writes tensors in the order of the map; single-precision ones as {@code type} says, double ones as F64. */
    public static void write(
            OutputStream out, Map<String, Tensor> tensors, Map<String, String> metadata, StoredType type)
            throws IOException {
        ObjectNode header = JsonNodeFactory.instance.objectNode();
        if (!metadata.isEmpty()) {
            ObjectNode texts = header.putObject(METADATA);
            metadata.forEach(texts::put);
        }
        long offset = 0;
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            Tensor tensor = entry.getValue();
            StoredType stored = stored(tensor, type);
            long end = offset + tensor.elements() * stored.bytes();
            ObjectNode described = header.putObject(entry.getKey());
            described.put("dtype", stored.name());
            Arrays.stream(tensor.shape().dims()).forEach(described.putArray("shape")::add);
            described.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        byte[] json = JSON.writeValueAsBytes(header);
        int padded = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        byte[] aligned = Arrays.copyOf(json, padded);
        Arrays.fill(aligned, json.length, padded, (byte) ' ');
        out.write(little(LENGTH_BYTES).putLong(padded).array());
        out.write(aligned);
        for (Tensor tensor : tensors.values()) {
            out.write(encode(tensor, stored(tensor, type)));
        }
    }

    private static StoredType stored(Tensor tensor, StoredType type) {
        return tensor.type() == ElementType.FLOAT64 ? StoredType.F64 : type;
    }

    private static byte[] encode(Tensor tensor, StoredType type) {
        byte[] encoded = new byte[Math.toIntExact(tensor.elements() * type.bytes())];
        ByteBuffer bytes = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
        if (type == StoredType.F64) {
            bytes.asDoubleBuffer().put(tensor.toDoubles());
            return encoded;
        }
        float[] values = tensor.toFloats();
        switch (type) {
            case F32 -> bytes.asFloatBuffer().put(values);
            case F16 -> {
                for (float value : values) {
                    bytes.putShort(HalfPrecision.toFloat16(value));
                }
            }
            case BF16 -> {
                for (float value : values) {
                    bytes.putShort(HalfPrecision.toBfloat16(value));
                }
            }
            case F64 -> throw new AssertionError("written above");
        }
        return encoded;
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private record Entry(String name, StoredType type, Shape shape, long from, long to) {}

    /**
     * Reads a whole file.
     *
     * @param source its name, for messages
     * @throws ModelFileException if it is damaged, or holds what this version does not read
     */
    public static Contents read(String source, byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        if (file.length < LENGTH_BYTES) {
            throw damaged(source, "it has " + file.length + " bytes, too few for a header");
        }
        long headerLength = bytes.getLong();
        if (headerLength < 2 || headerLength > Math.min(LARGEST_HEADER, file.length - LENGTH_BYTES)) {
            throw damaged(
                    source, "its header claims " + headerLength + " of " + (file.length - LENGTH_BYTES) + " bytes");
        }
        int dataStart = LENGTH_BYTES + (int) headerLength;
        JsonNode header = header(source, file, (int) headerLength);
        Map<String, String> metadata = new LinkedHashMap<>();
        List<Entry> entries = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : header.properties()) {
            if (field.getKey().equals(METADATA)) {
                field.getValue()
                        .properties()
                        .forEach(text ->
                                metadata.put(text.getKey(), text.getValue().asText()));
            } else {
                entries.add(entry(source, field.getKey(), field.getValue(), file.length - dataStart));
            }
        }
        entries.sort(Comparator.comparingLong(Entry::from).thenComparingLong(Entry::to));
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        long expected = 0;
        for (Entry entry : entries) {
            if (entry.from != expected) {
                throw damaged(source, "tensor " + entry.name + " begins at " + entry.from + ", not at " + expected);
            }
            expected = entry.to;
            tensors.put(entry.name, decode(bytes, dataStart, entry));
        }
        if (expected != file.length - dataStart) {
            throw damaged(source, "its tensors take " + expected + " bytes, and it has " + (file.length - dataStart));
        }
        return new Contents(tensors, metadata);
    }

    private static JsonNode header(String source, byte[] file, int length) {
        JsonNode header;
        try {
            header = JSON.readerFor(JsonNode.class)
                    .with(com.fasterxml.jackson.core.JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .readTree(new String(file, LENGTH_BYTES, length, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw damaged(source, "its header is no JSON (" + e.getOriginalMessage() + ")");
        }
        if (header == null || !header.isObject()) {
            throw damaged(source, "its header is no JSON object");
        }
        return header;
    }

    private static Entry entry(String source, String name, JsonNode described, long available) {
        String stored = described.path("dtype").asText();
        StoredType type = StoredType.of(stored)
                .orElseThrow(() -> new ModelFileException(source + ": tensor " + name + " has elements of type '"
                        + stored + "', this version reads " + Arrays.toString(StoredType.values())));
        JsonNode dims = described.path("shape");
        JsonNode offsets = described.path("data_offsets");
        if (!dims.isArray() || dims.size() > 8 || offsets.size() != 2) {
            throw damaged(source, "tensor " + name + " has no shape or no place");
        }
        int[] extents = new int[dims.size()];
        long bytes = type.bytes();
        for (int i = 0; i < extents.length; i++) {
            JsonNode dim = dims.get(i);
            if (!dim.isInt() || dim.intValue() < 0) {
                throw damaged(source, "tensor " + name + " has the extent " + dim);
            }
            extents[i] = dim.intValue();
            bytes = extents[i] == 0 ? 0 : Math.multiplyExact(Math.min(bytes, 1L << 31), extents[i]);
        }
        JsonNode from = offsets.get(0);
        JsonNode to = offsets.get(1);
        boolean placed = from.isIntegralNumber()
                && to.isIntegralNumber()
                && from.canConvertToLong()
                && to.canConvertToLong()
                && from.longValue() >= 0
                && to.longValue() <= available
                && from.longValue() <= to.longValue();
        if (!placed || to.longValue() - from.longValue() != bytes) {
            throw damaged(
                    source,
                    "tensor " + name + " of shape " + dims + " lies at " + offsets + " of " + available + " bytes");
        }
        return new Entry(name, type, Shape.of(extents), from.longValue(), to.longValue());
    }

    private static Tensor decode(ByteBuffer file, int dataStart, Entry entry) {
        int count = Math.toIntExact(entry.shape.elements());
        ByteBuffer bytes = file.slice(dataStart + (int) entry.from, (int) (entry.to - entry.from))
                .order(ByteOrder.LITTLE_ENDIAN);
        if (entry.type == StoredType.F64) {
            double[] values = new double[count];
            bytes.asDoubleBuffer().get(values);
            return Tensor.allocate(HeapMemory.allocator(ElementType.FLOAT64), entry.shape)
                    .set(values);
        }
        float[] values = new float[count];
        switch (entry.type) {
            case F32 -> bytes.asFloatBuffer().get(values);
            case F16 -> {
                for (int i = 0; i < count; i++) {
                    values[i] = HalfPrecision.fromFloat16(bytes.getShort());
                }
            }
            case BF16 -> {
                for (int i = 0; i < count; i++) {
                    values[i] = HalfPrecision.fromBfloat16(bytes.getShort());
                }
            }
            case F64 -> throw new AssertionError("read above");
        }
        return Tensor.allocate(HeapMemory.allocator(ElementType.FLOAT32), entry.shape)
                .set(values);
    }

    private static ModelFileException damaged(String source, String what) {
        return new ModelFileException(source + " is damaged: " + what + "; take another copy of the file");
    }
}
