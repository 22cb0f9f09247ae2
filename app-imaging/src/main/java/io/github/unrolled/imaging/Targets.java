package io.github.unrolled.imaging;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.imaging.InputFiles.Input;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where results go, decided before anything is computed: two pictures never share a file, and a folder's pictures that are
 * results of its others are left alone, so that a second run does not go on from the first one's results.
 *
 * @param out the folder of all results; without it each lies beside its picture
 * @param suffix behind the name, such as {@code -x2}
 * @param format the ending
 */
record Targets(Optional<Path> out, String suffix, String format) {
    /** The pictures to be done, each with its file, in the order given. */
    Map<Path, Path> of(List<Input> inputs) {
        Map<Path, Integer> wanted = new HashMap<>();
        for (Input input : inputs) {
            wanted.merge(plain(input), 1, Integer::sum);
            wanted.merge(withEnding(input), 1, Integer::sum);
        }
        Map<Path, Path> targets = new LinkedHashMap<>();
        for (Input input : inputs) {
            boolean told = wanted.getOrDefault(plain(input), 0) > 1 && wanted.getOrDefault(withEnding(input), 0) == 1;
            targets.put(input.file(), told ? withEnding(input) : plain(input));
        }
        Set<Path> results = new HashSet<>();
        targets.values().forEach(target -> results.add(whole(target)));
        inputs.stream()
                .filter(input -> !input.named() && results.contains(whole(input.file())))
                .forEach(input -> targets.remove(input.file()));
        return targets;
    }

    /**
     * Checks that no earlier picture of the run goes to the same file.
     *
     * @param taken by whom each file is written; this one is added
     */
    static void claim(Path file, Path target, Map<Path, Path> taken) {
        Path other = taken.putIfAbsent(whole(target), file);
        if (other != null) {
            throw new DataException(file + " would become " + target + ", as " + other
                    + " does; give one of them in a run of its own, or name the folder that both lie in");
        }
    }

    private Path plain(Input input) {
        String name = String.valueOf(input.below().getFileName());
        int dot = name.lastIndexOf('.');
        return named(input, dot > 0 ? name.substring(0, dot) : name);
    }

    /** {@code photo.jpg} and {@code photo.png} become {@code photo.jpg-x2.png} and {@code photo.png-x2.png}. */
    private Path withEnding(Input input) {
        return named(input, String.valueOf(input.below().getFileName()));
    }

    private Path named(Input input, String stem) {
        Path like = out.map(folder -> folder.resolve(input.below())).orElse(input.file());
        return like.resolveSibling(stem + suffix + "." + format);
    }

    private static Path whole(Path path) {
        return path.toAbsolutePath().normalize();
    }
}
