package io.github.unrolled.datasets.grammar;

import io.github.unrolled.random.Seed;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Makes up words that can be spoken. No word is given out twice, so a word tells which list it is from. */
final class Lexicon {
    private static final String CONSONANTS = "bdfgklmnprstvz";
    private static final String VOWELS = "aeiou";

    private final RandomGenerator random;
    private final Set<String> used = new LinkedHashSet<>();

    Lexicon(Seed seed) {
        this.random = seed.generator();
    }

    /** Stems of two or three syllables that end in a consonant. */
    List<String> stems(int count) {
        List<String> stems = new ArrayList<>();
        while (stems.size() < count) {
            StringBuilder stem = new StringBuilder();
            int syllables = 2 + random.nextInt(2);
            for (int i = 0; i < syllables; i++) {
                stem.append(letter(CONSONANTS)).append(letter(VOWELS));
            }
            stem.append(letter(CONSONANTS));
            if (used.add(stem.toString())) {
                stems.add(stem.toString());
            }
        }
        return stems;
    }

    private char letter(String letters) {
        return letters.charAt(random.nextInt(letters.length()));
    }
}
