package io.github.unrolled.imaging;

import io.github.unrolled.datasets.image.Planes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** What a model makes of a held-out picture at every validation, as numbered files in a run's folder. */
final class ExampleFolder implements Consumer<List<Planes>> {
    private static final List<String> THREE = List.of("before", "now", "truth");
    private static final List<String> TWO = List.of("in", "out");

    private final Path folder;

    ExampleFolder(Path run) {
        this.folder = run.resolve("examples");
    }

    @Override
    public void accept(List<Planes> pictures) {
        List<String> captions = pictures.size() == TWO.size() ? TWO : THREE;
        Panels panels = new Panels();
        for (int i = 0; i < pictures.size(); i++) {
            panels.add(pictures.get(i), captions.get(i), 2);
        }
        try {
            Files.createDirectories(folder);
            panels.write(free());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A resumed run counts on. */
    private Path free() {
        int number = 1;
        Path file;
        do {
            file = folder.resolve(String.format(Locale.ROOT, "%04d.png", number++));
        } while (Files.exists(file));
        return file;
    }
}
