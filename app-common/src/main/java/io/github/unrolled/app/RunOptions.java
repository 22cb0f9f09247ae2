package io.github.unrolled.app;

import io.github.unrolled.app.run.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * {@code --out}, {@code --resume} and {@code --overwrite} of a verb that trains: which run folder it writes and whether it
 * continues one. Mixed in with picocli's {@code @Mixin}.
 */
public final class RunOptions {
    @Option(names = "--out", paramLabel = "FOLDER", description = "The run folder that is written.", order = 60)
    private @Nullable Path out;

    @Option(
            names = "--resume",
            paramLabel = "FOLDER",
            arity = "0..1",
            fallbackValue = "",
            description = "Continue the run in this folder (or that of --out) exactly where its last checkpoint is.",
            order = 61)
    private @Nullable Path resume;

    @Option(names = "--overwrite", description = "Replace a run that is in the folder already.", order = 62)
    private boolean overwrite;

    /** A new run in the default folder. */
    public RunOptions() {}

    /** Whether a run is continued. */
    public boolean resume() {
        return resume != null;
    }

    /**
     * Creates or opens the run folder and locks it; the caller closes it.
     *
     * @param otherwise the folder where none was given
     * @throws UsageException when the options contradict each other
     */
    public RunFolder open(Path otherwise) throws IOException {
        Path given = out == null ? otherwise : out;
        if (resume == null) {
            return RunFolder.create(given, overwrite);
        }
        if (overwrite) {
            throw new UsageException("--resume continues a run and --overwrite replaces it; give one of them");
        }
        boolean named = !resume.toString().isEmpty();
        if (named && out != null && !out.equals(resume)) {
            throw new UsageException(
                    "--resume " + resume + " continues the run in that folder; leave out --out " + out);
        }
        return RunFolder.resume(named ? resume : given);
    }
}
