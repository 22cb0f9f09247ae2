package io.github.unrolled.datasets.video;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unrolled.datasets.motion.MirroredFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VideoReaderTest {
    private static final Map<String, Integer> FRAMES = Map.ofEntries(
            Map.entry("part_0.mp4", 32),
            Map.entry("demo.mp4", 280),
            Map.entry("xvid_mp3.avi", 164),
            Map.entry("flipping_a_pancake.mkv", 310),
            Map.entry("video_0.mov", 3),
            Map.entry("video_90.mov", 3),
            Map.entry("video_180.mov", 3),
            Map.entry("corrupted.mp4", 49),
            Map.entry("rabbit320.webm", 234),
            Map.entry("newtonscradle.gif", 36),
            Map.entry("realshort.mp4", 36),
            Map.entry("derived_mjpeg.avi", 32));

    private record Read(int frames, List<String> problems, int width, int height, double rateHz, double lastSeconds) {}

    private static Read read(Path file) {
        try (VideoReader reader = VideoReader.open(file)) {
            int frames = 0;
            double seconds = 0;
            for (Optional<VideoFrame> frame = reader.next(); frame.isPresent(); frame = reader.next()) {
                frames++;
                seconds = frame.get().seconds();
            }
            return new Read(frames, reader.problems(), reader.width(), reader.height(), reader.frameRateHz(), seconds);
        }
    }

    @Test
    void readsAllKindsOfFiles() {
        Path folder = MirroredFiles.of("videos");
        for (Map.Entry<String, Integer> each : FRAMES.entrySet()) {
            Read read = read(folder.resolve(each.getKey()));
            assertThat(read.frames()).as(each.getKey()).isEqualTo(each.getValue());
        }
    }

    @Test
    void readsTheOriginalsOfGrid() {
        Path folder = MirroredFiles.of("grid-s1-raw");
        for (String clip : List.of(
                "bbaf2n", "bbal6n", "bbbs5s", "bgbh4n", "brwg8p", "lbaq6p", "lrae3s", "pbav2n", "pbio7a", "prii9a",
                "sbah1a", "sgib8n")) {
            Read read = read(folder.resolve(clip + ".mpg"));
            assertThat(read.frames()).as(clip).isEqualTo(clip.equals("lrae3s") ? 74 : 75);
        }
    }
}
