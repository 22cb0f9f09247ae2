package io.github.unrolled.charlm;

import io.github.unrolled.app.DataOptions;
import io.github.unrolled.app.console.Console;
import io.github.unrolled.datasets.catalogue.Catalogue;
import io.github.unrolled.datasets.catalogue.DatasetEntry;
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
        Optional<List<Path>> fetched = options.fetch(id, console);
        if (fetched.isEmpty()) {
            return Optional.empty();
        }
        List<Path> files = fetched.get();
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
