package io.github.unrolled.app;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * {@code --data}, {@code --mirror} and {@code --cache}: what to read and where downloads come from and go to. Mixed in
 * with picocli's {@code @Mixin}.
 */
public final class DataOptions {
    @Option(
            names = "--data",
            paramLabel = "DATA",
            description = "A file, a folder, or the id of a data set in the catalogue.",
            order = 50)
    private @Nullable String data;

    @Option(
            names = "--mirror",
            paramLabel = "FOLDER|URL",
            description = "Take data sets from here, laid out as <id>/<path>, in place of their own address.",
            order = 51)
    private @Nullable String mirror;

    @Option(names = "--cache", paramLabel = "FOLDER", description = "Keep downloaded data sets here.", order = 52)
    private @Nullable Path cache;

    /** Nothing given. */
    public DataOptions() {}

    /** The file, folder or catalogue id, when given. */
    public Optional<String> data() {
        return Optional.ofNullable(data);
    }

    /** The folder or address of the mirror, when given. */
    public Optional<String> mirror() {
        return Optional.ofNullable(mirror);
    }

    /** The cache folder, when given. */
    public Optional<Path> cache() {
        return Optional.ofNullable(cache);
    }
}
