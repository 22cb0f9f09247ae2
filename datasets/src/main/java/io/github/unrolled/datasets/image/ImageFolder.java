package io.github.unrolled.datasets.image;

import io.github.unrolled.datasets.DataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Folders of pictures. */
public final class ImageFolder {
    private ImageFolder() {}

    /**
     * The files below a folder whose names end as pictures' do, hidden ones left out, in the order of their paths.
     *
     * @throws DataException if there is none
     */
    public static List<Path> list(Path folder) throws IOException {
        // A link is followed where it is the folder itself; further down it could lead round in a circle.
        Path real = folder.toRealPath();
        List<Path> files;
        try (Stream<Path> found = Files.walk(real)) {
            files = found.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .filter(file -> ImageFormat.ofName(file).isPresent())
                    .map(file -> folder.resolve(real.relativize(file)))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        if (files.isEmpty()) {
            throw new DataException(
                    folder + " has no pictures; files ending with .png, .jpg, .jpeg, .bmp, .tif, .tiff or"
                            + " .webp are expected");
        }
        return files;
    }
}
