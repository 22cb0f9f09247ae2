package io.github.unrolled.datasets.motion;

import io.github.unrolled.datasets.catalogue.DatasetStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Real files for tests, where the property {@code unrolled.mirror} names a folder that has them. */
public final class MirroredFiles {
    private MirroredFiles() {}

    /** The folder of a data set; the test that asks is skipped if there is none. */
    public static Path of(String id) {
        Path folder = Path.of(DatasetStore.defaultMirror().orElse("")).resolve(id);
        Assumptions.assumeTrue(
                DatasetStore.defaultMirror().isPresent() && Files.isDirectory(folder),
                "skipped: the property unrolled.mirror names no folder with " + id);
        return folder;
    }
}
