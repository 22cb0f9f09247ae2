package io.github.unrolled.motion.skeleton;

import io.github.unrolled.app.DataOptions;
import io.github.unrolled.app.UsageException;
import io.github.unrolled.app.console.Console;
import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.motion.bvh.BvhReader;
import io.github.unrolled.datasets.motion.cmu.CmuMocap;
import io.github.unrolled.datasets.motion.skeleton.Motion;
import io.github.unrolled.models.motion.skeleton.SkeletonData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;

/** {@code --data} of skeletons: a part of the CMU files, the made-up gaits, or BVH files of one's own. */
public final class SkeletonSource {
    @Mixin
    private final DataOptions data = new DataOptions();

    /** Nothing given. */
    public SkeletonSource() {}

    /** What was given, or this. */
    String name(String otherwise) {
        return data.data().orElse(otherwise);
    }

    /**
     * The motions.
     *
     * @param otherwise what is meant where nothing was given
     * @throws UsageException if there is no such data
     */
    SkeletonData read(String otherwise, Console console) throws IOException {
        String name = name(otherwise);
        if (name.equals(SkeletonData.GAITS)) {
            return SkeletonData.gaits();
        }
        if (SkeletonData.NAMES.contains(name)) {
            return SkeletonData.cmu(name, cmu(console));
        }
        Path path = Path.of(name);
        if (!Files.exists(path)) {
            throw new UsageException("--data is " + name + ", which is no file or folder and none of "
                    + String.join(", ", SkeletonData.NAMES));
        }
        return own(path);
    }

    /** The files of CMU, downloaded where they are missing. */
    CmuMocap cmu(Console console) throws IOException {
        return CmuMocap.of(data.fetch(CmuMocap.ID, console).orElseThrow());
    }

    private static SkeletonData own(Path path) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(path)) {
            files = found.filter(file ->
                            file.toString().toLowerCase(java.util.Locale.ROOT).endsWith(".bvh"))
                    .sorted()
                    .toList();
        }
        if (files.isEmpty()) {
            throw new DataException(path + " has no file that ends with .bvh; expected motions to learn from");
        }
        Map<String, Motion> motions = new LinkedHashMap<>();
        for (Path file : files) {
            motions.put(file.toString(), BvhReader.read(file).motion());
        }
        return SkeletonData.own(path.toString(), motions);
    }
}
