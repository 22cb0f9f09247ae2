package io.github.unrolled.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.video.Box;
import io.github.unrolled.datasets.video.VideoOptions;
import io.github.unrolled.datasets.video.VideoReader;
import io.github.unrolled.datasets.video.VideoSource;
import io.github.unrolled.datasets.video.VideoWriter;
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
import java.util.Optional;
import java.util.Random;
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
            Labelling.Outcome outcome = new Labelling(saved, engine, Optional.empty(), new After(10))
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
            new Labelling(saved, engine, Optional.empty(), new After(Integer.MAX_VALUE))
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

    /** The left half of a film is labelled as a film of its own, and a part beyond the frames is named. */
    @Test
    void thePartThatIsLookedAtIsAllThatCounts() throws IOException {
        Random random = new Random(5);
        Path half = folder.resolve("half.mkv");
        Path whole = folder.resolve("whole.mkv");
        try (VideoWriter narrow = VideoWriter.open(half, 32, 24, 25);
                VideoWriter wide = VideoWriter.open(whole, 64, 24, 25)) {
            for (int frame = 0; frame < 12; frame++) {
                byte[] left = new byte[32 * 24];
                random.nextBytes(left);
                byte[] both = new byte[64 * 24];
                random.nextBytes(both);
                for (int row = 0; row < 24; row++) {
                    System.arraycopy(left, 32 * row, both, 64 * row, 32);
                }
                narrow.write(left);
                wide.write(both);
            }
            narrow.finish();
            wide.finish();
        }
        Optional<Box> left = Optional.of(Box.parse("32x24+0+0"));
        assertThat(table(whole, left)).isEqualTo(table(half, Optional.empty())).hasSize(13);
        assertThat(table(whole, Optional.of(Box.parse("32x24+32+0")))).isNotEqualTo(table(whole, left));
        assertThatThrownBy(() -> table(half, Optional.of(Box.parse("32x24+1+0"))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("half.mkv has frames of 32x24 pixels, and the part 32x24+1+0 reaches beyond");
    }

    private List<String> table(Path film, Optional<Box> part) throws IOException {
        Backend backend = Backends.best();
        try (SavedVideo saved = saved(false, backend);
                Engine engine = backend.newEngine(1)) {
            new Labelling(saved, engine, part, new After(Integer.MAX_VALUE))
                    .label(
                            VideoSource.of(film),
                            VideoOptions.standard(),
                            new Labelling.Target(folder, "part", false),
                            frame -> -1);
        }
        return Files.readAllLines(folder.resolve("part.csv"));
    }
}
