package io.github.unrolled.datasets.video;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Which files are taken for videos, by their names. */
public final class VideoFormat {
    private static final List<String> ENDINGS = List.of(
            ".mp4", ".m4v", ".mov", ".avi", ".mkv", ".webm", ".mpg", ".mpeg", ".gif", ".ts", ".wmv", ".flv", ".ogv",
            ".3gp");

    private VideoFormat() {}

    /** Whether the name ends as those of videos do. */
    public static boolean isVideo(Path file) {
        Path name = file.getFileName();
        String lower = name == null ? "" : name.toString().toLowerCase(Locale.ROOT);
        return !lower.startsWith(".") && ENDINGS.stream().anyMatch(lower::endsWith);
    }

    /** The endings, in lower case with the point. */
    public static List<String> endings() {
        return ENDINGS;
    }

    /** The videos below a folder, hidden ones left out, in the order of their paths; none if there are none. */
    public static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(VideoFormat::isVideo)
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }
}
