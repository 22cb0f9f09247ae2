package io.github.unrolled.model;

import static io.github.unrolled.model.ModelFileException.damaged;

import io.github.unrolled.model.SafeTensorsHeader.Entry;
import io.github.unrolled.tensor.ElementType;
import io.github.unrolled.tensor.HeapMemory;
import io.github.unrolled.tensor.Tensor;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The safetensors format: eight bytes with the length of a JSON header, the header with type, shape and place of every
 * tensor, then the elements, little-endian. A reader never asks for more memory than the file has bytes for, whatever its
 * header claims.
 */
public final class SafeTensors {
    private static final int LENGTH_BYTES = Long.BYTES;
    private static final int LARGEST_HEADER = 16 << 20;
    private static final int ALIGNMENT = 8;
    private static final long LARGEST_EXACT = 1L << 53;

    private SafeTensors() {}

    /**
     * What a file holds.
     *
     * @param tensors by name, in the order of their places, on the heap: half precision as single, integers as double
     * @param metadata text by name
     */
    public record Contents(Map<String, Tensor> tensors, Map<String, String> metadata) {}

    /**
     * Writes tensors in the order of the map; the same tensors give the same bytes.
     *
     * @param type how single-precision tensors are stored; double ones are always stored as F64
     */
    public static void write(
            OutputStream out, Map<String, Tensor> tensors, Map<String, String> metadata, StoredType type)
            throws IOException {
        SafeTensorsHeader header = SafeTensorsHeader.of(tensors, metadata, type);
        byte[] json = header.toJson();
        int padded = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        if (padded > LARGEST_HEADER) {
            throw new IllegalArgumentException(
                    "the names of the tensors take " + padded + " bytes, at most " + LARGEST_HEADER + " can be read");
        }
        byte[] aligned = Arrays.copyOf(json, padded);
        Arrays.fill(aligned, json.length, padded, (byte) ' ');
        byte[] length = new byte[LENGTH_BYTES];
        little(length).putLong(padded);
        out.write(length);
        out.write(aligned);
        Iterator<Tensor> values = tensors.values().iterator();
        for (Entry entry : header.entries()) {
            out.write(encode(values.next(), entry));
        }
    }

    private static byte[] encode(Tensor tensor, Entry entry) {
        byte[] stored = new byte[Math.toIntExact(entry.to() - entry.from())];
        ByteBuffer bytes = little(stored);
        if (entry.type() == SafeTensorsHeader.Type.F64) {
            bytes.asDoubleBuffer().put(tensor.toDoubles());
            return stored;
        }
        float[] values = tensor.toFloats();
        switch (entry.type()) {
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
            case F64, I64, I32 -> throw new AssertionError("not written from single precision: " + entry.type());
        }
        return stored;
    }

    /**
     * Reads a file.
     *
     * @throws ModelFileException if it is damaged, or holds what this version does not read
     */
    public static Contents read(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return read(file.toString(), in);
        }
    }

    /**
     * Reads bytes that were a file.
     *
     * @param source the file's name, for messages
     * @throws ModelFileException as for {@link #read(Path)}
     */
    public static Contents read(String source, byte[] file) {
        try {
            return read(source, new ByteArrayInputStream(file));
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
    }

    /**
     * Reads a stream to its end; the stream stays open.
     *
     * @param source its name, for messages
     * @throws ModelFileException as for {@link #read(Path)}
     */
    public static Contents read(String source, InputStream in) throws IOException {
        // readNBytes allocates as the bytes arrive, so that a length which the file does not have costs nothing.
        byte[] length = in.readNBytes(LENGTH_BYTES);
        if (length.length < LENGTH_BYTES) {
            throw damaged(source, "it ends after " + length.length + " bytes, before the length of its header");
        }
        long headerLength = little(length).getLong();
        if (headerLength < 2 || headerLength > LARGEST_HEADER) {
            throw damaged(
                    source,
                    "its header has " + Long.toUnsignedString(headerLength) + " bytes, expected 2 to "
                            + LARGEST_HEADER);
        }
        byte[] json = in.readNBytes((int) headerLength);
        if (json.length < headerLength) {
            throw damaged(source, "it ends after " + json.length + " of the " + headerLength + " bytes of its header");
        }
        SafeTensorsHeader header = SafeTensorsHeader.read(source, json);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Entry entry : header.entries()) {
            tensors.put(entry.name(), decode(source, entry, in));
        }
        if (in.read() >= 0) {
            throw damaged(source, "it goes on behind its last tensor");
        }
        return new Contents(tensors, header.metadata());
    }

    private static Tensor decode(String source, Entry entry, InputStream in) throws IOException {
        int size = Math.toIntExact(entry.to() - entry.from());
        byte[] stored = in.readNBytes(size);
        if (stored.length < size) {
            throw damaged(
                    source,
                    entry.described() + " lies at bytes " + entry.from() + " to " + entry.to()
                            + " of the data, which ends at " + (entry.from() + stored.length));
        }
        ByteBuffer bytes = little(stored);
        ElementType type = switch (entry.type()) {
            case F32, F16, BF16 -> ElementType.FLOAT32;
            case F64, I64, I32 -> ElementType.FLOAT64;
        };
        Tensor tensor = Tensor.allocate(HeapMemory.allocator(type), entry.shape());
        if (tensor.memory() instanceof HeapMemory.Floats floats) {
            decodeFloats(entry.type(), bytes, floats.array());
        } else if (tensor.memory() instanceof HeapMemory.Doubles doubles) {
            decodeDoubles(source, entry, bytes, doubles.array());
        }
        return tensor;
    }

    private static void decodeFloats(SafeTensorsHeader.Type type, ByteBuffer bytes, float[] values) {
        switch (type) {
            case F32 -> bytes.asFloatBuffer().get(values);
            case F16 -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = HalfPrecision.fromFloat16(bytes.getShort());
                }
            }
            case BF16 -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = HalfPrecision.fromBfloat16(bytes.getShort());
                }
            }
            case F64, I64, I32 -> throw new AssertionError("not read as single precision: " + type);
        }
    }

    private static void decodeDoubles(String source, Entry entry, ByteBuffer bytes, double[] values) {
        switch (entry.type()) {
            case F64 -> bytes.asDoubleBuffer().get(values);
            case I32 -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = bytes.getInt();
                }
            }
            case I64 -> {
                for (int i = 0; i < values.length; i++) {
                    long value = bytes.getLong();
                    if (value < -LARGEST_EXACT || value > LARGEST_EXACT) {
                        throw new ModelFileException(source + ": " + entry.described() + " has " + value
                                + " at element " + i + ", expected no more than 2^53, which a double holds exactly");
                    }
                    values[i] = value;
                }
            }
            case F32, F16, BF16 -> throw new AssertionError("not read as double precision: " + entry.type());
        }
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
