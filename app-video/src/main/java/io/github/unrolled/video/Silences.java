package io.github.unrolled.video;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Labels that stand for nothing said: {@code sil} and {@code sp} of alignments. */
final class Silences {
    private static final Set<String> NAMES = Set.of("sil", "sp");

    private Silences() {}

    static Set<Integer> of(List<String> classes) {
        return IntStream.range(0, classes.size())
                .filter(k -> NAMES.contains(classes.get(k)))
                .boxed()
                .collect(Collectors.toUnmodifiableSet());
    }
}
