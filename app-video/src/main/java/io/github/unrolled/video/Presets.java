package io.github.unrolled.video;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.unrolled.models.video.VideoSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The networks of {@code presets.yaml}, which measured best on held-out parts of the training data where there are any. */
final class Presets {
    private static final String FILE = "presets.yaml";
    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    private Presets() {}

    /**
     * The settings of a name in the file.
     *
     * @throws IllegalArgumentException if it is not there
     */
    static VideoSettings of(String name) {
        try (InputStream in = Objects.requireNonNull(Presets.class.getResourceAsStream(FILE), FILE)) {
            JsonNode preset = YAML.readTree(in).path(name);
            if (preset.isMissingNode()) {
                throw new IllegalArgumentException(FILE + " has no " + name);
            }
            return YAML.treeToValue(preset, VideoSettings.class);
        } catch (IOException e) {
            throw new UncheckedIOException(FILE + " cannot be read", e);
        }
    }
}
