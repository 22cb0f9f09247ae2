package io.github.unrolled.models.motion.skeleton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.unrolled.datasets.motion.skeleton.Joint;
import io.github.unrolled.datasets.motion.skeleton.Skeleton;
import io.github.unrolled.datasets.motion.skeleton.Vector3;
import io.github.unrolled.model.ModelFile;
import io.github.unrolled.model.ModelFileException;
import io.github.unrolled.nn.Parameters;
import io.github.unrolled.tensor.Allocator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A predictor of skeletons as it lies in a file: the network, the skeleton it is for, and where it came from.
 *
 * @param model the network with its weights; owned
 * @param provenance how it was made: data, configuration, seed, metrics, versions, minutes, command
 */
public record SavedSkeleton(SkeletonModel model, ObjectNode provenance) implements AutoCloseable {
    private static final String TYPE = "skeleton";
    private static final int MOST_JOINTS = 4096;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What {@code model.json} says of a predictor, without its provenance. */
    static ObjectNode describe(SkeletonModel model) {
        ObjectNode description = ModelFile.newDescription();
        description.put("type", TYPE);
        description.set("architecture", JSON.valueToTree(model.config()));
        description.put("frameSeconds", model.frameSeconds());
        ArrayNode joints = description.putArray("joints");
        for (Joint joint : model.layout().skeleton().joints()) {
            ObjectNode described = joints.addObject().put("name", joint.name()).put("parent", joint.parent());
            described
                    .putArray("offset")
                    .add(joint.offset().x())
                    .add(joint.offset().y())
                    .add(joint.offset().z());
            described.put("end", joint.isEnd());
        }
        ArrayNode columns = description.putArray("columns");
        for (int column : model.layout().columns()) {
            columns.add(column);
        }
        return description;
    }

    /**
     * Reads a model.
     *
     * @throws ModelFileException if the file is damaged, or another kind of model
     */
    public static SavedSkeleton load(Path file, Allocator allocator) throws IOException {
        return of(file.toString(), ModelFile.read(file), allocator);
    }

    /** As {@link #load(Path, Allocator)}, from a stream. */
    public static SavedSkeleton load(String source, InputStream in, Allocator allocator) throws IOException {
        return of(source, ModelFile.read(source, in), allocator);
    }

    /** Makes the model that a file describes. */
    public static SavedSkeleton of(String source, ModelFile file, Allocator allocator) {
        JsonNode description = file.description();
        if (!TYPE.equals(description.path("type").asText())) {
            throw new ModelFileException(source + " is no predictor of skeletons but '"
                    + description.path("type").asText() + "'; expected one written by motion train --task skeleton");
        }
        SkeletonModel model;
        try {
            SkeletonConfig config = JSON.treeToValue(description.path("architecture"), SkeletonConfig.class);
            if (config == null) {
                throw new IllegalArgumentException("it has no architecture");
            }
            PoseLayout layout =
                    new PoseLayout(skeleton(description.path("joints")), columns(description.path("columns")));
            model = new SkeletonModel(
                    config, layout, description.path("frameSeconds").asDouble(), Parameters.zeros(allocator));
        } catch (IllegalArgumentException | com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new ModelFileException(source + " is damaged: " + e.getMessage(), e);
        }
        try {
            file.assignTo(source, model.parameters());
        } catch (ModelFileException e) {
            model.close();
            throw e;
        }
        JsonNode provenance = description.path("provenance");
        return new SavedSkeleton(model, provenance instanceof ObjectNode object ? object : ModelFile.newDescription());
    }

    /** The name of the data that the model learned from; empty if the file does not say. */
    public String trainedOn() {
        return provenance.path("data").path("name").asText();
    }

    private static Skeleton skeleton(JsonNode listed) {
        if (listed.size() > MOST_JOINTS) {
            throw new IllegalArgumentException("it has " + listed.size() + " joints, more than any skeleton");
        }
        List<Joint> joints = new ArrayList<>(listed.size());
        for (JsonNode joint : listed) {
            JsonNode offset = joint.path("offset");
            Vector3 at = new Vector3(
                    offset.path(0).asDouble(),
                    offset.path(1).asDouble(),
                    offset.path(2).asDouble());
            joints.add(new Joint(
                    joint.path("name").asText(),
                    joint.path("parent").asInt(-1),
                    at,
                    joint.path("end").asBoolean()));
        }
        return new Skeleton(joints);
    }

    private static int[] columns(JsonNode listed) {
        int[] columns = new int[listed.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = listed.get(i).asInt(-1);
        }
        return columns;
    }

    @Override
    public void close() {
        model.close();
    }
}
