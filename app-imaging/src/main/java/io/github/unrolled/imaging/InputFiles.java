package io.github.unrolled.imaging;

import io.github.unrolled.app.UsageException;
import io.github.unrolled.datasets.image.ImageFolder;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** The pictures that a command line names: files, folders with all below them, and globs that the shell left alone. */
final class InputFiles {
    private InputFiles() {}

    static List<Path> of(List<String> arguments) throws IOException {
        if (arguments.isEmpty()) {
            throw new UsageException("pictures are expected: files, folders or a glob such as 'photos/*.png'");
        }
        Set<Path> files = new LinkedHashSet<>();
        for (String argument : arguments) {
            Path path = Path.of(argument);
            if (Files.isDirectory(path)) {
                files.addAll(ImageFolder.list(path));
            } else if (!Files.exists(path) && argument.matches(".*[*?\\[{].*")) {
                files.addAll(matching(path));
            } else {
                // One that does not exist is said to be missing in its turn; the others are done.
                files.add(path);
            }
        }
        return List.copyOf(files);
    }

    private static List<Path> matching(Path glob) throws IOException {
        Path folder = glob.getParent() == null ? Path.of("") : glob.getParent();
        PathMatcher matcher;
        try {
            matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob.getFileName());
        } catch (PatternSyntaxException e) {
            throw new UsageException(glob + " is no glob: " + e.getDescription());
        }
        List<Path> files;
        try (Stream<Path> found = Files.list(folder)) {
            files = found.filter(Files::isRegularFile)
                    .filter(file -> matcher.matches(file.getFileName()))
                    .sorted()
                    .toList();
        }
        if (files.isEmpty()) {
            throw new UsageException("no file matches " + glob);
        }
        return files;
    }
}
