package io.github.unrolled.datasets.video;

import io.github.unrolled.datasets.DataException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where a video comes from. */
public sealed interface VideoSource {
    /** How messages call it. */
    String name();

    /**
     * A file.
     *
     * @param path of it
     * @param name how messages call it
     */
    record File(Path path, String name) implements VideoSource {
        /** A file that is called by its path. */
        public File(Path path) {
            this(path, path.toString());
        }
    }

    /**
     * Pictures that are shown one after the other.
     *
     * @param name of the whole
     * @param files in their order
     */
    record Pictures(String name, List<Path> files) implements VideoSource {
        /** Copies the list. */
        public Pictures {
            files = List.copyOf(files);
        }
    }

    /**
     * A camera of this machine.
     *
     * @param index from 0
     */
    record Camera(int index) implements VideoSource {
        @Override
        public String name() {
            return "camera " + index;
        }
    }

    /**
     * A stream or file elsewhere.
     *
     * @param address such as {@code https://} or {@code rtsp://} something
     */
    record Address(URI address) implements VideoSource {
        @Override
        public String name() {
            return address.toString();
        }
    }

    /** A file. */
    static VideoSource of(Path file) {
        return new File(file);
    }

    /**
     * What a command line calls one video: the index of a camera, an address with {@code ://}, the pattern of numbered
     * pictures such as {@code frame%04d.png}, a folder of numbered pictures, or a file.
     *
     * @throws DataException if it is a folder without pictures, or a pattern that no file has
     */
    static VideoSource of(String text) throws IOException {
        if (text.matches("\\d{1,3}")) {
            return new Camera(Integer.parseInt(text));
        }
        if (text.matches("[a-zA-Z][a-zA-Z0-9+.-]*://.+")) {
            return new Address(address(text));
        }
        Path path = Path.of(text);
        if (!Files.exists(path) && text.matches(".*%0?\\d*d.*")) {
            return NumberedPictures.ofPattern(path);
        }
        return Files.isDirectory(path) ? NumberedPictures.ofFolder(path) : new File(path);
    }

    private static URI address(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new DataException("the address " + text + " is not written correctly: " + e.getMessage(), e);
        }
    }

    /**
     * What a command line calls one or many: as {@link #of(String)}, and a folder of videos, or a glob such as
     * {@code clips/*.mp4}.
     *
     * @return in the order of their names, at least one
     * @throws DataException if nothing is found
     */
    static List<VideoSource> all(String text) throws IOException {
        Path path = Path.of(text.contains("://") ? "" : text);
        if (Files.isDirectory(path) && !text.isEmpty() && !text.contains("://")) {
            List<Path> videos = VideoFormat.list(path);
            return videos.isEmpty()
                    ? List.of(of(text))
                    : videos.stream().<VideoSource>map(File::new).toList();
        }
        if (!text.contains("://") && text.matches(".*[*?\\[{].*") && !Files.exists(path)) {
            return glob(text, path);
        }
        return List.of(of(text));
    }

    private static List<VideoSource> glob(String text, Path path) throws IOException {
        Path absolute = path.toAbsolutePath().normalize();
        Path root = absolute.getRoot();
        for (Path part : absolute) {
            if (part.toString().matches(".*[*?\\[{].*")) {
                break;
            }
            root = root.resolve(part);
        }
        if (!Files.isDirectory(root)) {
            throw new DataException("no file is called " + text + "; the folder " + root + " does not exist");
        }
        var matcher = path.getFileSystem().getPathMatcher("glob:" + absolute);
        try (Stream<Path> found = Files.walk(root)) {
            List<VideoSource> sources = found.filter(matcher::matches)
                    .filter(Files::isRegularFile)
                    .sorted()
                    .<VideoSource>map(File::new)
                    .toList();
            if (sources.isEmpty()) {
                throw new DataException("no file is called " + text);
            }
            return sources;
        }
    }
}
