package io.github.unrolled.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.tensor.ElementType;
import io.github.unrolled.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * A model in one zip: {@code model.json} says what it is, {@code weights.safetensors} holds its parameters, and a checkpoint
 * has {@code training.safetensors} as well. The JSON carries {@code "format": "unrolled-model"} and a version; it names
 * types by short stable words, never by classes.
 *
 * @param description {@code model.json} without format and version
 * @param weights by parameter name
 * @param training what a continued training needs besides; empty for a finished model
 */
public record ModelFile(ObjectNode description, Map<String, Tensor> weights, Map<String, Tensor> training) {
    private static final String FORMAT = "unrolled-model";
    private static final int VERSION = 1;
    private static final String DESCRIPTION = "model.json";
    private static final String WEIGHTS = "weights.safetensors";
    private static final String TRAINING = "training.safetensors";
    private static final int LARGEST_DESCRIPTION = 16 << 20;
    private static final int LARGEST_TENSORS = 1 << 30;
    /** The first moment that a zip can name: equal contents give equal files. */
    private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 1, 1, 0, 0);

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Keeps the order of the maps. */
    public ModelFile {
        weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
        training = Collections.unmodifiableMap(new LinkedHashMap<>(training));
    }

    /** An empty description to fill. */
    public static ObjectNode newDescription() {
        return JSON.createObjectNode();
    }

    /** The values of parameters by name, as {@link #weights} wants them. */
    public static Map<String, Tensor> values(List<Parameter> parameters) {
        Map<String, Tensor> values = new LinkedHashMap<>();
        parameters.forEach(parameter -> values.put(parameter.name(), parameter.value()));
        return values;
    }

    /**
     * Writes the file as a whole or not at all.
     *
     * @param type how single-precision weights are stored; what training needs is always stored as it is
     */
    public void write(Path file, StoredType type) throws IOException {
        AtomicFile.write(file, out -> write(out, type));
    }

    private void write(OutputStream out, StoredType type) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        zip.setLevel(Deflater.NO_COMPRESSION);
        ObjectNode root = JSON.createObjectNode().put("format", FORMAT).put("version", VERSION);
        root.setAll(description);
        put(zip, DESCRIPTION);
        zip.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root));
        zip.closeEntry();
        put(zip, WEIGHTS);
        SafeTensors.write(zip, weights, Map.of(), type);
        zip.closeEntry();
        if (!training.isEmpty()) {
            put(zip, TRAINING);
            SafeTensors.write(zip, training, Map.of(), StoredType.F32);
            zip.closeEntry();
        }
        zip.finish();
    }

    private static void put(ZipOutputStream zip, String name) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(EPOCH);
        zip.putNextEntry(entry);
    }

    /**
     * Reads a file.
     *
     * @throws ModelFileException if it is no model file, damaged, or newer than this version reads
     */
    public static ModelFile read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(file.toString(), in);
        }
    }

    /**
     * Reads a model from a stream, such as a resource.
     *
     * @param source its name, for messages
     * @throws ModelFileException as for {@link #read(Path)}
     */
    public static ModelFile read(String source, InputStream in) throws IOException {
        Map<String, byte[]> entries = entries(source, in);
        byte[] json = entries.get(DESCRIPTION);
        byte[] weights = entries.get(WEIGHTS);
        if (json == null) {
            throw new ModelFileException(source + " is not a model file: it has no " + DESCRIPTION
                    + "; expected a file written by train, or a model of the zoo");
        }
        ObjectNode description = description(source, json);
        if (weights == null) {
            throw new ModelFileException(
                    source + " is damaged: it has no " + WEIGHTS + "; take another copy of the file");
        }
        byte[] training = entries.get(TRAINING);
        return new ModelFile(
                description,
                SafeTensors.read(source + " (" + WEIGHTS + ")", weights).tensors(),
                training == null
                        ? Map.of()
                        : SafeTensors.read(source + " (" + TRAINING + ")", training)
                                .tensors());
    }

    private static Map<String, byte[]> entries(String source, InputStream in) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try {
            ZipInputStream zip = new ZipInputStream(in);
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                int limit = switch (entry.getName()) {
                    case DESCRIPTION -> LARGEST_DESCRIPTION;
                    case WEIGHTS, TRAINING -> LARGEST_TENSORS;
                    // What a later minor version may add is passed over.
                    default -> 0;
                };
                if (limit > 0) {
                    entries.put(entry.getName(), bounded(source, entry.getName(), zip, limit));
                }
            }
        } catch (ZipException | java.io.EOFException | IllegalArgumentException e) {
            throw new ModelFileException(
                    source + " is damaged or no model file (" + e.getMessage() + "); take another copy of the file", e);
        }
        return entries;
    }

    private static byte[] bounded(String source, String name, ZipInputStream zip, int limit) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] piece = new byte[1 << 16];
        for (int count = zip.read(piece); count >= 0; count = zip.read(piece)) {
            if (bytes.size() + (long) count > limit) {
                throw new ModelFileException(
                        source + ": " + name + " is larger than the " + limit + " bytes that a model may have");
            }
            bytes.write(piece, 0, count);
        }
        return bytes.toByteArray();
    }

    private static ObjectNode description(String source, byte[] json) {
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new ModelFileException(
                    source + " is damaged: " + DESCRIPTION + " is no JSON (" + e.getOriginalMessage() + ")", e);
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory failed", e);
        }
        if (!(root instanceof ObjectNode object)
                || !FORMAT.equals(object.path("format").asText())) {
            throw new ModelFileException(source + " is not a model file: its " + DESCRIPTION
                    + " does not say \"format\": \"" + FORMAT + "\"");
        }
        int version = object.path("version").asInt(0);
        if (version != VERSION) {
            throw new ModelFileException(
                    source + " has version " + version + " of the format, this program reads version " + VERSION
                            + (version > VERSION ? "; update Unrolled" : ""));
        }
        object.remove(List.of("format", "version"));
        return object;
    }

    /**
     * Copies the stored weights into parameters.
     *
     * @param source the file's name, for messages
     * @throws ModelFileException naming the first parameter that is missing, surplus or of another shape
     */
    public void assignTo(String source, List<Parameter> parameters) {
        Map<String, Parameter> expected = new LinkedHashMap<>();
        parameters.forEach(parameter -> expected.put(parameter.name(), parameter));
        for (String name : weights.keySet()) {
            if (!expected.containsKey(name)) {
                throw new ModelFileException(source + " has weights " + name + ", which its architecture does not");
            }
        }
        expected.forEach((name, parameter) -> {
            Tensor stored = weights.get(name);
            if (stored == null) {
                throw new ModelFileException(source + " has no weights " + name + " " + parameter.shape());
            }
            if (!stored.shape().equals(parameter.shape())) {
                throw new ModelFileException(source + " has " + name + " as " + stored.shape()
                        + ", its architecture needs " + parameter.shape());
            }
            if (parameter.value().type() == ElementType.FLOAT32) {
                parameter.value().set(stored.toFloats());
            } else {
                parameter.value().set(stored.toDoubles());
            }
        });
    }
}
