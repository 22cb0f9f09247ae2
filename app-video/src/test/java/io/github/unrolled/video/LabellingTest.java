package io.github.unrolled.video;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unrolled.datasets.video.VideoOptions;
import io.github.unrolled.datasets.video.VideoReader;
import io.github.unrolled.datasets.video.VideoSource;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Backends;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.model.ModelFile;
import io.github.unrolled.models.video.SavedVideo;
import io.github.unrolled.models.video.Standardisation;
import io.github.unrolled.models.video.VideoConfig;
import io.github.unrolled.models.video.VideoModel;
import io.github.unrolled.nn.Parameters;
import io.github.unrolled.random.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LabellingTest {
    @TempDir
    Path folder;

    private static SavedVideo saved(boolean bidirectional, Backend backend) {
        VideoConfig config =
                new VideoConfig(12, 16, 3, 1, 0, List.of(4), 4, "gru", 4, 1, bidirectional, "frame", "mean", 2, 0);
        return new SavedVideo(
                new VideoModel(config, new Parameters(backend, new Seed(2))),
                new Standardisation(false, new float[3], new float[] {1, 1, 1}),
                List.of("one", "the \"other\""),
                ModelFile.newDescription());
    }

    /** Stops after a number of frames of the film. */
    private static final class After implements Labelling.Watch {
        private final int most;
        private int seen;

        After(int most) {
            this.most = most;
        }

        @Override
        public void frame(byte[] bgr, int width, int height) {
            assertThat(bgr).hasSize(3 * width * height);
            seen++;
        }

        @Override
        public boolean stop() {
            return seen >= most;
        }
    }

    @Test
    void whatWasWrittenIsWholeWhenTheWorkIsStopped() throws IOException {
        Path film = Clips.film(folder.resolve("film.mp4"), 40);
        Backend backend = Backends.best();
        try (SavedVideo saved = saved(false, backend);
                Engine engine = backend.newEngine(1)) {
            Labelling.Outcome outcome = new Labelling(saved, engine, new After(10))
                    .label(
                            VideoSource.of(film),
                            VideoOptions.standard(),
                            new Labelling.Target(folder, "out", true),
                            frame -> frame % 2);
            assertThat(outcome.frames()).isEqualTo(10);
            assertThat(outcome.problems()).isEmpty();
        }
        List<String> table = Files.readAllLines(folder.resolve("out.csv"));
        assertThat(table).hasSize(11);
        assertThat(table.get(0)).isEqualTo("frame,seconds,label,probability,one,\"the \"\"other\"\"\"");
        try (VideoReader reader = VideoReader.open(folder.resolve("out.mp4"))) {
            int frames = 0;
            while (reader.next().isPresent()) {
                frames++;
            }
            assertThat(frames).isEqualTo(10);
            assertThat(reader.width()).isGreaterThanOrEqualTo(400);
        }
        assertThat(Files.readString(folder.resolve("out-segments.json"))).contains("\"toFrame\" : 10");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyFrameIsLabelledOnceInOrder(boolean bidirectional) throws IOException {
        Path film = Clips.film(folder.resolve("film.mp4"), 450);
        Backend backend = Backends.best();
        try (SavedVideo saved = saved(bidirectional, backend);
                Engine engine = backend.newEngine(1)) {
            new Labelling(saved, engine, new After(Integer.MAX_VALUE))
                    .label(
                            VideoSource.of(film),
                            VideoOptions.standard(),
                            new Labelling.Target(folder, "out", false),
                            frame -> -1);
        }
        List<String> table = Files.readAllLines(folder.resolve("out.csv"));
        assertThat(table).hasSize(451);
        for (int t = 0; t < 450; t++) {
            assertThat(table.get(t + 1)).startsWith(t + ",");
        }
    }
}
