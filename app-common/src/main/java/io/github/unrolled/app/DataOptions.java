package io.github.unrolled.app;

import io.github.unrolled.app.console.Console;
import io.github.unrolled.app.console.Progress;
import io.github.unrolled.datasets.catalogue.Catalogue;
import io.github.unrolled.datasets.catalogue.DatasetEntry;
import io.github.unrolled.datasets.catalogue.DatasetStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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

    /**
     * The files of a data set of the catalogue, downloaded where they are missing.
     *
     * @return them in the catalogue's order; empty if the catalogue has no data set of that id
     */
    public Optional<List<Path>> fetch(String id, Console console) throws IOException {
        Optional<DatasetEntry> entry = Catalogue.standard().find(id);
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        DatasetStore store = new DatasetStore(
                cache().orElseGet(DatasetStore::defaultFolder), mirror().or(DatasetStore::defaultMirror));
        try (Progress progress = Progress.start(console, "downloading " + id)) {
            long all = entry.get().bytes();
            return Optional.of(store.fetch(
                    entry.get(),
                    (file, bytes) ->
                            progress.update((double) bytes / all, () -> bytes + " of " + file.bytes() + " bytes")));
        }
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
