package io.github.unrolled.app;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A converter for options that name a file or folder to read: {@code @Option(names = "--input", converter =
 * ExistingPath.class)}. What does not exist is a wrong command line before any work begins.
 */
public final class ExistingPath implements ITypeConverter<Path> {
    /** The converter. */
    public ExistingPath() {}

    @Override
    public Path convert(String value) {
        Path path;
        try {
            path = Path.of(value);
        } catch (InvalidPathException e) {
            throw new TypeConversionException("'" + value + "' is not a file name: " + e.getReason());
        }
        if (!Files.exists(path)) {
            throw new TypeConversionException("no such file or folder: " + value);
        }
        return path;
    }
}
