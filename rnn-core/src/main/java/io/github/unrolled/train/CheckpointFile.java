package io.github.unrolled.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.unrolled.model.ModelFile;
import io.github.unrolled.model.ModelFileException;
import io.github.unrolled.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A {@link Snapshot} as a model file: the weights where every model has them, so that a checkpoint can be used as a model,
 * and the rest beside them.
 */
public final class CheckpointFile {
    private static final String STATE = "training";
    private static final String WEIGHTS = "weights.";

    private CheckpointFile() {}

    /** A file that holds a snapshot and describes the model as {@code description} does. */
    public static ModelFile of(ObjectNode description, Snapshot snapshot) {
        ObjectNode described = description.deepCopy();
        ObjectNode state = described.putObject(STATE);
        ObjectNode integers = state.putObject("integers");
        snapshot.integers().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> integers.put(entry.getKey(), entry.getValue()));
        // As text, which keeps every bit and knows infinities.
        ObjectNode decimals = state.putObject("decimals");
        snapshot.decimals().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> decimals.put(entry.getKey(), Double.toString(entry.getValue())));
        Map<String, Tensor> weights = new LinkedHashMap<>();
        Map<String, Tensor> training = new LinkedHashMap<>();
        snapshot.tensorNames().stream().sorted().forEach(name -> {
            if (name.startsWith(WEIGHTS)) {
                weights.put(name.substring(WEIGHTS.length()), snapshot.tensor(name));
            } else {
                training.put(name, snapshot.tensor(name));
            }
        });
        return new ModelFile(described, weights, training);
    }

    /**
     * The snapshot in a file.
     *
     * @param source the file's name, for messages
     * @throws ModelFileException if the file is a finished model and no checkpoint
     */
    public static Snapshot snapshot(String source, ModelFile file) {
        JsonNode state = file.description().path(STATE);
        if (!state.isObject()) {
            throw new ModelFileException(
                    source + " is a finished model, not a checkpoint, so training cannot go on from it;"
                            + " expected the last.zip of a run");
        }
        Snapshot snapshot = new Snapshot();
        state.path("integers").properties().forEach(entry -> {
            if (!entry.getValue().isIntegralNumber()) {
                throw new ModelFileException(source + " is damaged: " + entry.getKey() + " is no whole number");
            }
            snapshot.put(entry.getKey(), entry.getValue().longValue());
        });
        state.path("decimals").properties().forEach(entry -> {
            try {
                snapshot.put(entry.getKey(), Double.parseDouble(entry.getValue().asText()));
            } catch (NumberFormatException e) {
                throw new ModelFileException(source + " is damaged: " + entry.getKey() + " is no number", e);
            }
        });
        file.weights().forEach((name, tensor) -> snapshot.put(WEIGHTS + name, tensor));
        file.training().forEach(snapshot::put);
        return snapshot;
    }
}
