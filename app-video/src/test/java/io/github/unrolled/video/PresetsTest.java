package io.github.unrolled.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.unrolled.models.video.VideoSettings;
import java.util.List;
import org.junit.jupiter.api.Test;

class PresetsTest {
    @Test
    void everySetHasANetwork() {
        for (String name : DataSource.NAMES) {
            assertThat(DataSource.preset(name).recurrence()).as(name).isEqualTo("gru");
        }
        VideoSettings lips = DataSource.preset("grid-s1-mouth");
        assertThat(lips.convolutions()).isEqualTo(List.of(24, 32, 48, 64));
        assertThat(lips.window()).isEqualTo(75);
        assertThat(lips.dropout()).isEqualTo(0.2);
        assertThat(DataSource.preset("shapes").bidirectional()).isFalse();
        assertThat(DataSource.preset("my-clips/")).isEqualTo(Presets.of("actions"));
        assertThatThrownBy(() -> Presets.of("dances")).hasMessage("presets.yaml has no dances");
    }
}
