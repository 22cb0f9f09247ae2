package io.github.unrolled.charlm;

import io.github.unrolled.app.DataOptions;
import io.github.unrolled.app.console.Console;
import io.github.unrolled.app.console.Progress;
import io.github.unrolled.datasets.catalogue.Catalogue;
import io.github.unrolled.datasets.catalogue.DatasetEntry;
import io.github.unrolled.datasets.catalogue.DatasetStore;
import io.github.unrolled.datasets.text.Text;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Texts of the catalogue. */
final class Downloads {
    private Downloads() {}

    /** The text of a data set, downloaded if need be; empty if the catalogue has none of that id. */
    static Optional<Text> text(String id, DataOptions options, Console console) throws IOException {
        Optional<DatasetEntry> entry = Catalogue.standard().find(id);
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        DatasetStore store = new DatasetStore(
                options.cache().orElseGet(DatasetStore::defaultFolder),
                options.mirror().or(DatasetStore::defaultMirror));
        List<Path> files;
        try (Progress progress = Progress.start(console, "downloading " + id)) {
            long all = entry.get().bytes();
            files = store.fetch(
                    entry.get(),
                    (file, bytes) ->
                            progress.update((double) bytes / all, () -> bytes + " of " + file.bytes() + " bytes"));
        }
        int[][] parts = new int[files.size()][];
        String sha256 = "";
        for (int i = 0; i < parts.length; i++) {
            Text part = Text.ofFile(files.get(i));
            parts[i] = part.codePoints();
            sha256 = part.sha256();
        }
        if (parts.length == 1) {
            return Optional.of(new Text(id, parts[0], sha256));
        }
        int[] joined = Arrays.stream(parts).flatMapToInt(Arrays::stream).toArray();
        return Optional.of(Text.ofCodePoints(id, joined));
    }

    /** The ids of all texts, for messages. */
    static String ids() {
        return Catalogue.standard().entries().stream().map(DatasetEntry::id).collect(Collectors.joining(", "));
    }
}
