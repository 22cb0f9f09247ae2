package io.github.unrolled.model;

import static io.github.unrolled.model.ModelFileException.damaged;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.tensor.ElementType;
import io.github.unrolled.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
    private static final String FORMAT_KEY = "format";
    private static final String VERSION_KEY = "version";
    private static final String DESCRIPTION = "model.json";
    private static final String WEIGHTS = "weights.safetensors";
    private static final String TRAINING = "training.safetensors";
    private static final int LARGEST_DESCRIPTION = 16 << 20;

    /** Keeps the order of the maps. */
    public ModelFile {
        if (description.has(FORMAT_KEY) || description.has(VERSION_KEY)) {
            throw new IllegalArgumentException("the description of a model has a format or version of its own");
        }
        weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
        training = Collections.unmodifiableMap(new LinkedHashMap<>(training));
    }

    /** An empty description to fill. */
    public static ObjectNode newDescription() {
        return Json.object();
    }

    /** The values of parameters by name, as {@link #weights} wants them. */
    public static Map<String, Tensor> values(List<Parameter> parameters) {
        Map<String, Tensor> values = new LinkedHashMap<>();
        parameters.forEach(parameter -> values.put(parameter.name(), parameter.value()));
        return values;
    }

    /**
     * Writes the file as a whole or not at all; equal contents give equal bytes.
     *
     * @param type how single-precision weights are stored; what training needs is always stored as it is
     */
    public void write(Path file, StoredType type) throws IOException {
        ObjectNode root = Json.object().put(FORMAT_KEY, FORMAT).put(VERSION_KEY, VERSION);
        root.setAll(description);
        byte[] json = Json.pretty(root);
        if (json.length > LARGEST_DESCRIPTION) {
            throw new IllegalArgumentException("the description of a model takes " + json.length + " bytes, at most "
                    + LARGEST_DESCRIPTION + " can be read");
        }
        AtomicFile.write(file, out -> {
            ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
            ModelZip.put(zip, DESCRIPTION, part -> part.write(json));
            ModelZip.put(zip, WEIGHTS, part -> SafeTensors.write(part, weights, Map.of(), type));
            if (!training.isEmpty()) {
                ModelZip.put(zip, TRAINING, part -> SafeTensors.write(part, training, Map.of(), StoredType.F32));
            }
            zip.finish();
        });
    }

    /**
     * Reads a file.
     *
     * @throws ModelFileException if it is no model file, damaged, or newer than this version reads
     */
    public static ModelFile read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(file.toString(), in);
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) {
            FileSystemException named = new FileSystemException(file.toString(), null, e.getMessage());
            named.initCause(e);
            throw named;
        }
    }

    /**
     * Reads a model from a stream, such as a resource; the stream stays open.
     *
     * @param source its name, for messages
     * @throws ModelFileException as for {@link #read(Path)}
     */
    public static ModelFile read(String source, InputStream in) throws IOException {
        ObjectNode description = newDescription();
        Map<String, Map<String, Tensor>> tensors = new HashMap<>();
        ModelZip.read(source, in, DESCRIPTION, (name, content) -> {
            switch (name) {
                case DESCRIPTION -> description.setAll(readDescription(source, content));
                case WEIGHTS, TRAINING ->
                    tensors.put(
                            name,
                            SafeTensors.read(source + " (" + name + ")", content)
                                    .tensors());
                // A later release may add parts that this one can do without; otherwise it raises the version.
                default -> {}
            }
        });
        Map<String, Tensor> weights = tensors.get(WEIGHTS);
        if (weights == null) {
            throw damaged(source, "it has no " + WEIGHTS);
        }
        return new ModelFile(description, weights, tensors.getOrDefault(TRAINING, Map.of()));
    }

    private static ObjectNode readDescription(String source, InputStream content) throws IOException {
        byte[] json = content.readNBytes(LARGEST_DESCRIPTION + 1);
        if (json.length > LARGEST_DESCRIPTION) {
            throw damaged(source, DESCRIPTION + " has more than " + LARGEST_DESCRIPTION + " bytes");
        }
        ObjectNode root = Json.read(source, DESCRIPTION, json);
        if (!FORMAT.equals(root.path(FORMAT_KEY).textValue())) {
            throw new ModelFileException(source + " is not a model file: its " + DESCRIPTION + " does not say \""
                    + FORMAT_KEY + "\": \"" + FORMAT + "\"");
        }
        JsonNode version = root.path(VERSION_KEY);
        if (!version.isInt() || version.intValue() < 1) {
            throw damaged(source, DESCRIPTION + " has no version, which would be a whole number from 1");
        }
        if (version.intValue() > VERSION) {
            throw new ModelFileException(source + " was written by a newer Unrolled (version " + version.intValue()
                    + " of the format), this one reads up to version " + VERSION + "; update Unrolled");
        }
        root.remove(List.of(FORMAT_KEY, VERSION_KEY));
        return root;
    }

    /**
     * Copies the stored weights into parameters, all of them or, when something does not fit, none.
     *
     * @param source the file's name, for messages
     * @throws ModelFileException naming the first parameter that is missing, surplus or of another shape
     */
    public void assignTo(String source, List<Parameter> parameters) {
        Set<String> expected = new HashSet<>();
        for (Parameter parameter : parameters) {
            expected.add(parameter.name());
            Tensor stored = weights.get(parameter.name());
            if (stored == null) {
                throw new ModelFileException(source + " has no weights " + parameter.name()
                        + ", its architecture needs " + parameter.shape());
            }
            if (!stored.shape().equals(parameter.shape())) {
                throw new ModelFileException(source + " has the weights " + parameter.name() + " as " + stored.shape()
                        + ", its architecture needs " + parameter.shape());
            }
        }
        weights.forEach((name, stored) -> {
            if (!expected.contains(name)) {
                throw new ModelFileException(
                        source + " has weights " + name + " " + stored.shape() + ", which its architecture has not");
            }
        });
        for (Parameter parameter : parameters) {
            // Present, because the loop above has seen it.
            assign(Objects.requireNonNull(weights.get(parameter.name())), parameter);
        }
    }

    /**
     * Copies the stored weights into those parameters that have their name and shape, to begin a training with.
     *
     * @param source the file's name, for messages
     * @return how many numbers were copied
     * @throws ModelFileException if there is no such parameter
     */
    public long assignWhereTheyFit(String source, List<Parameter> parameters) {
        long copied = 0;
        for (Parameter parameter : parameters) {
            Tensor stored = weights.get(parameter.name());
            if (stored != null && stored.shape().equals(parameter.shape())) {
                assign(stored, parameter);
                copied += stored.elements();
            }
        }
        if (copied == 0) {
            throw new ModelFileException(source
                    + " has no weights that this model can begin with: none has the name and shape of one of its own");
        }
        return copied;
    }

    private static void assign(Tensor stored, Parameter parameter) {
        if (parameter.value().type() == ElementType.FLOAT32) {
            parameter.value().set(stored.toFloats());
        } else {
            parameter.value().set(stored.toDoubles());
        }
    }
}
