package io.github.unrolled.video;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unrolled.datasets.video.VideoReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Some of the public clips, where a mirror has them. */
final class PrepareTest {
    private static final String MIRROR = System.getProperty("unrolled.mirror", "");

    @TempDir
    Path folder;

    @Test
    void mouthsAreCutOutOfTheClipsThatAreThere() throws IOException {
        Path originals = Path.of(MIRROR).resolve("grid-s1-raw");
        Assumptions.assumeTrue(
                !MIRROR.isEmpty() && Files.isDirectory(originals),
                "skipped: the property unrolled.mirror names no folder with grid-s1-raw");
        Call call =
                Call.of("prepare", "--originals", originals, "--cache", folder).worked();
        assertThat(call.out()).contains("clips");
        Path cut = folder.resolve("grid-s1-cut");
        try (Stream<Path> videos = Files.list(cut.resolve("mouth"))) {
            assertThat(videos).hasSizeGreaterThanOrEqualTo(10);
        }
        try (VideoReader reader = VideoReader.open(cut.resolve("mouth").resolve("bbaf2n.mkv"))) {
            assertThat(reader.width()).isEqualTo(96);
            assertThat(reader.height()).isEqualTo(64);
        }
    }

    @Test
    void aFolderWithoutClipsIsNamed() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        Call.of("prepare", "--originals", empty, "--cache", folder).failed(1, "no clip could be cut from " + empty);
    }
}
