package io.github.unrolled.charlm;

import io.github.unrolled.app.DataOptions;
import io.github.unrolled.app.console.Console;
import io.github.unrolled.datasets.text.Text;
import java.io.IOException;
import java.util.Optional;

/** Texts of the catalogue. */
final class Downloads {
    private Downloads() {}

    /** The text of a data set, downloaded if need be; empty if the catalogue has none of that id. */
    static Optional<Text> text(String id, DataOptions data, Console console) throws IOException {
        return Optional.empty();
    }

    /** The ids of all texts, for messages. */
    static String ids() {
        return "";
    }
}
