package io.github.unrolled.charlm;

import io.github.unrolled.app.DataOptions;
import io.github.unrolled.app.UsageException;
import io.github.unrolled.app.console.Console;
import io.github.unrolled.datasets.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where a verb's text comes from: {@code --data} names a file, a folder, standard input or a data set. */
final class TextOptions {
    private static final String STANDARD_INPUT = "-";

    @Mixin
    private final DataOptions data = new DataOptions();

    @Option(
            names = "--glob",
            paramLabel = "PATTERN",
            description = "Which files of a folder are read (default: ${DEFAULT-VALUE}); --data - is standard input.")
    private String glob = "*.txt";

    /** The text of {@code --data}, or of the named one where the option was not given. */
    Text read(String otherwise, Console console) throws IOException {
        String name = data.data().orElse(otherwise);
        if (name.equals(STANDARD_INPUT)) {
            return Text.ofStream("standard input", System.in);
        }
        if (name.equals(Corpus.NAME)) {
            return Corpus.text();
        }
        Path path = Path.of(name);
        if (Files.isDirectory(path)) {
            return folder(path);
        }
        if (Files.exists(path)) {
            return Text.ofFile(path);
        }
        return Downloads.text(name, data, console)
                .orElseThrow(
                        () -> new UsageException("--data is " + name + ", which is no file, no folder and no data set ("
                                + Corpus.NAME + ", " + Downloads.ids() + ")"));
    }

    private Text folder(Path path) throws IOException {
        try {
            return Text.ofFolder(path, glob);
        } catch (PatternSyntaxException e) {
            throw new UsageException("--glob is " + glob + ", which is no pattern (" + e.getDescription()
                    + "), expected one like *.txt");
        }
    }
}
