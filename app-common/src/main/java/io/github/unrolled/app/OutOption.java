package io.github.unrolled.app;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --out}: where a verb writes. Mixed in with picocli's {@code @Mixin}. */
public final class OutOption {
    @Option(names = "--out", paramLabel = "PATH", description = "The folder that is written to.", order = 60)
    private @Nullable Path out;

    /** Not given. */
    public OutOption() {}

    /** The path, when given. */
    public Optional<Path> path() {
        return Optional.ofNullable(out);
    }

    /** The path, or this one. */
    public Path orElse(Path otherwise) {
        return out == null ? otherwise : out;
    }
}
