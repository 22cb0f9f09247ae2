package io.github.unrolled.models.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Backends;
import io.github.unrolled.model.ModelFile;
import io.github.unrolled.models.charlm.CharLmSampler;
import io.github.unrolled.models.charlm.SavedCharLm;
import io.github.unrolled.models.imaging.SavedAutoencoder;
import io.github.unrolled.models.imaging.SavedRestorer;
import io.github.unrolled.models.video.SavedVideo;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ZooTest {
    private static final int MOST_BYTES = 8 << 20;

    @Test
    void everyEntryTellsTheTruthAboutItsFile() throws Exception {
        List<ZooEntry> entries = Zoo.entries();
        assertThat(entries)
                .extracting(ZooEntry::name)
                .contains("charlm/shakespeare")
                .doesNotHaveDuplicates();
        for (ZooEntry entry : entries) {
            byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(Zoo.bytes(entry));
            assertThat(HexFormat.of().formatHex(sha256)).as(entry.name()).isEqualTo(entry.sha256());
            assertThat(entry.bytes()).as(entry.name()).isLessThanOrEqualTo(MOST_BYTES);
            assertThat(List.of(
                            entry.task(), entry.paper(), entry.weightsLicence(), entry.dataLicence(), entry.command()))
                    .as(entry.name())
                    .noneMatch(String::isBlank);
            assertThat(entry.metrics()).as(entry.name()).isNotEmpty();
        }
    }

    @Test
    void theListSaysWhatTheFileSays() throws IOException {
        for (ZooEntry entry : Zoo.entries()) {
            ModelFile file = ModelFile.read(entry.name(), new ByteArrayInputStream(Zoo.bytes(entry)));
            long parameters = file.weights().values().stream()
                    .mapToLong(value -> value.shape().elements())
                    .sum();
            JsonNode provenance = file.description().path("provenance");
            assertThat(entry.parameters()).as(entry.name()).isEqualTo(parameters);
            assertThat(entry.seed())
                    .as(entry.name())
                    .isEqualTo(provenance.path("seed").asLong());
            assertThat(entry.command())
                    .startsWith("./run " + provenance.path("command").asText());
            assertThat(entry.metrics().get(0).value())
                    .as(entry.name())
                    .isCloseTo(provenance.path("metrics").path("validation").asDouble(), within(5e-5));
        }
    }

    /** Every model is read by the loader of its task. */
    @Test
    void everyModelLoads() {
        Backend backend = Backends.best();
        for (ZooEntry entry : Zoo.entries()) {
            String name = entry.name();
            if (name.startsWith("imaging/autoencode")) {
                Zoo.load(name, SavedAutoencoder::load, backend).close();
            } else if (name.startsWith("imaging/")) {
                Zoo.load(name, SavedRestorer::load, backend).close();
            } else if (name.startsWith("video/")) {
                Zoo.load(name, SavedVideo::load, backend).close();
            } else if (name.startsWith("charlm/")) {
                Zoo.load(name, SavedCharLm::load, backend).close();
            }
        }
    }

    /** After a word's beginning the model of Shakespeare's plays knows how it goes on. */
    @Test
    void itKnowsItsText() {
        Backend backend = Backends.best();
        try (SavedCharLm saved = Zoo.load("charlm/shakespeare", backend);
                CharLmSampler sampler = new CharLmSampler(saved.model(), backend, 1)) {
            sampler.read(saved.vocabulary().encode("First Citizen:\nBefore we proceed any further, hear me spea"));
            float[] logits = sampler.logits();
            int best = 0;
            for (int i = 1; i < logits.length; i++) {
                best = logits[i] > logits[best] ? i : best;
            }
            assertThat(saved.vocabulary().decode(best)).isEqualTo("k");
        }
    }

    @Test
    void anUnknownNameIsAnsweredWithTheKnownOnes() {
        assertThatThrownBy(() -> Zoo.load("charlm/milton"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("charlm/milton")
                .hasMessageContaining("charlm/shakespeare");
    }
}
