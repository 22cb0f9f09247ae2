package io.github.unrolled.video;

import io.github.unrolled.app.DataOptions;
import io.github.unrolled.app.Verb;
import io.github.unrolled.app.console.Console;
import io.github.unrolled.app.console.Progress;
import io.github.unrolled.app.result.Result;
import io.github.unrolled.app.result.ResultRow;
import io.github.unrolled.datasets.catalogue.DatasetEntry;
import io.github.unrolled.datasets.catalogue.DatasetStore;
import io.github.unrolled.datasets.video.grid.GridClip;
import io.github.unrolled.datasets.video.grid.GridCrop;
import io.github.unrolled.datasets.video.grid.GridMouth;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Cuts the mouths out of the public clips of GRID's speaker s1, which are downloaded where they are not given. */
@Command(
        name = "prepare",
        description =
                "Download the 1000 public clips of GRID's speaker s1 (431 MB) and cut out the mouths for lip reading.",
        footer = {
            "  ./run video prepare",
            "  ./run video prepare --originals grid/s1",
            "  ./run video train --data grid-s1-mouth"
        })
final class PrepareVerb extends Verb {
    @Mixin
    private final DataOptions data = new DataOptions();

    @Option(
            names = "--originals",
            paramLabel = "FOLDER",
            description = "A folder that has the .mpg and .align files already, all or some.")
    private @Nullable Path originals;

    /** Where the mouths are kept. */
    static Path folder(DataOptions data) {
        return data.cache().orElseGet(DatasetStore::defaultFolder).resolve("grid-s1-cut");
    }

    @Override
    protected Result run(Console console) throws IOException {
        Path from = originals == null ? download(console) : originals;
        Path target = folder(data);
        List<String> problems;
        try (Progress progress = Progress.start(console, "cutting")) {
            problems = GridCrop.run(from, target, clip -> {
                console.interruption().check();
                progress.update(0, () -> clip);
            });
        }
        problems.stream().limit(20).forEach(console::remark);
        if (problems.size() > 20) {
            console.remark("and " + (problems.size() - 20) + " more");
        }
        console.remark("The mouths are in " + target + "; next: ./run video train --data " + GridMouth.ID);
        return Result.of(ResultRow.of("clips", "count", GridClip.all().size() - problems.size(), ""));
    }

    private Path download(Console console) throws IOException {
        Path cache = data.cache().orElseGet(DatasetStore::defaultFolder);
        DatasetEntry entry = GridMouth.originals();
        DatasetStore store = new DatasetStore(cache, data.mirror().or(DatasetStore::defaultMirror));
        try (Progress progress = Progress.start(console, "downloading " + entry.id())) {
            long all = entry.bytes();
            store.fetch(entry, (file, bytes) -> {
                console.interruption().check();
                progress.update((double) bytes / all, file::path);
            });
        }
        return cache.resolve(entry.id());
    }
}
