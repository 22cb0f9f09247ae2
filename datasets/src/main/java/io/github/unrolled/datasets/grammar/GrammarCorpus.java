package io.github.unrolled.datasets.grammar;

import io.github.unrolled.random.Seed;
import java.util.random.RandomGenerator;

/**
 * An endless text of a small made-up language, whose entropy rate is known: no model can have a lower expected loss, and
 * the gap of a model to it is what the model has not understood.
 *
 * <p>The text is a row of sentences drawn independently from one distribution. Let a sentence S have |S| characters.
 *
 * <ol>
 *   <li>A sentence ends at the character after its full stop, and a full stop occurs nowhere else. So the text tells
 *       where its sentences end, and its characters carry as much information as the sentences do.
 *   <li>No sentence has two derivations, so H(S) is the entropy of the derivation, which {@link Rule} sums exactly.
 *   <li>n characters hold n / E|S| sentences in the limit (the renewal theorem). So the entropy rate is <b>H(S) / E|S|</b>.
 * </ol>
 *
 * <p>Immutable.
 */
public final class GrammarCorpus {
    private static final GrammarCorpus STANDARD = new GrammarCorpus(Concord.sentence());

    private final Rule sentence;

    /** The sentences must tell where they end, and none may have two derivations. */
    GrammarCorpus(Rule sentence) {
        this.sentence = sentence;
    }

    /**
     * The language of the demonstration, of 29 characters. Each clause has one of five classes, which every word about
     * its subject and its verb shows by the same first syllable, as in the Bantu languages; it is singular or plural,
     * which its first word shows and the last syllable of its verb repeats; a whole clause may stand in brackets or quotes
     * between the two, to a depth of three, with the closing one of its own kind. So the near past does not tell what
     * comes next and the far past does.
     */
    public static GrammarCorpus standard() {
        return STANDARD;
    }

    /** The least loss that any model can have in expectation, in nats per character. */
    public double entropyRate() {
        return sentence.entropy() / sentence.length();
    }

    /** Code points of a text that begins with a sentence, and is cut where it is long enough. */
    public int[] generate(Seed seed, int characters) {
        RandomGenerator random = seed.generator();
        StringBuilder text = new StringBuilder(characters + 1024);
        while (text.length() < characters) {
            sentence.write(random, text);
        }
        return text.codePoints().limit(characters).toArray();
    }
}
