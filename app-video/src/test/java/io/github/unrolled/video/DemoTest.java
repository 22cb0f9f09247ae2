package io.github.unrolled.video;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoTest {
    @TempDir
    Path folder;

    /** Through a real video file, with the shipped weights. */
    @Test
    void theShippedNetworkRemembersWhatItSaw() throws IOException {
        Path json = folder.resolve("demo.json");
        Call call = Call.of("--seed", "3", "--out", folder, "--json", json).worked();
        assertThat(call.out()).contains("Which shape was shown alone last?").contains(folder.toString());
        for (String name : List.of("shapes.mp4", "shapes-timeline.png", "shapes.csv", "shapes-segments.json")) {
            assertThat(folder.resolve(name)).isNotEmptyFile();
        }
        JsonNode rows = new ObjectMapper().readTree(json.toFile()).path("results");
        double ours = 0;
        double memoryless = 100;
        for (JsonNode row : rows) {
            if (row.path("metric").asText().equals("frame-accuracy")) {
                if (row.path("model").asText().equals("ours")) {
                    ours = row.path("value").asDouble();
                } else {
                    memoryless = row.path("value").asDouble();
                }
            }
        }
        assertThat(ours).isGreaterThan(memoryless + 20);
    }

    @Test
    void theZooListsTheModelsOfVideo() {
        assertThat(Call.of("zoo").worked().out()).contains("video/shapes").contains("video/grid-s1");
    }
}
