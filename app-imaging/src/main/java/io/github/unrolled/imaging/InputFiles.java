package io.github.unrolled.imaging;

import io.github.unrolled.app.UsageException;
import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.image.ImageFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * The pictures that a command line names: files, folders with all below them, and globs that the shell left alone.
 *
 * @param inputs what was found, each once
 * @param failures a sentence for each argument that nothing could be found for
 */
record InputFiles(List<Input> inputs, List<String> failures) {
    /**
     * A picture.
     *
     * @param file as it is opened
     * @param below the same from the folder that was named, or its name alone
     * @param named whether the command line names this very file
     */
    record Input(Path file, Path below, boolean named) {}

    /**
     * Looks the arguments up; one that names nothing does not keep the others from being done.
     *
     * @param sentence what to say of a failure
     */
    static InputFiles of(List<String> arguments, Function<Exception, String> sentence) {
        if (arguments.isEmpty()) {
            throw new UsageException("pictures are expected: files, folders or a glob such as 'photos/*.png'");
        }
        Map<Path, Input> inputs = new LinkedHashMap<>();
        List<String> failures = new ArrayList<>();
        for (String argument : arguments) {
            try {
                for (Input input : found(argument)) {
                    inputs.putIfAbsent(input.file(), input);
                }
            } catch (IOException | DataException e) {
                failures.add(sentence.apply(e));
            }
        }
        return new InputFiles(List.copyOf(inputs.values()), failures);
    }

    private static List<Input> found(String argument) throws IOException {
        Path path = Path.of(argument);
        if (Files.isDirectory(path)) {
            return ImageFolder.list(path).stream()
                    .map(file -> new Input(file, path.relativize(file), false))
                    .toList();
        }
        if (!Files.exists(path) && isGlob(argument)) {
            return matching(argument);
        }
        // One that does not exist is said to be missing in its turn.
        return List.of(new Input(path, nameOf(path), true));
    }

    private static boolean isGlob(String text) {
        return text.matches(".*[*?\\[{].*");
    }

    /** Files below the last folder of a glob that is none itself. */
    private static List<Input> matching(String glob) throws IOException {
        Path folder = Path.of(glob);
        while (folder != null && isGlob(folder.toString())) {
            folder = folder.getParent();
        }
        Path start = folder == null ? Path.of("") : folder;
        PathMatcher matcher;
        try {
            matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
        } catch (PatternSyntaxException e) {
            throw new DataException(glob + " is no glob: " + e.getDescription(), e);
        }
        int depth = Path.of(glob).getNameCount() - (folder == null ? 0 : folder.getNameCount());
        List<Path> files;
        try (Stream<Path> found = Files.walk(start, glob.contains("**") ? Integer.MAX_VALUE : depth)) {
            files = found.filter(Files::isRegularFile)
                    .filter(matcher::matches)
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        if (files.isEmpty()) {
            throw new DataException("no file matches " + glob);
        }
        return files.stream()
                .map(file -> new Input(file, start.relativize(file), false))
                .toList();
    }

    private static Path nameOf(Path path) {
        Path name = path.getFileName();
        return name == null ? path : name;
    }
}
