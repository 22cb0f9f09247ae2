package io.github.unrolled.datasets.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.unrolled.random.Seed;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class GrammarCorpusTest {
    private static final int SENTENCES = 20_000;

    @Test
    void trueLossOfALongTextConvergesToTheEntropyRate() {
        Rule sentence = Concord.sentence();
        double rate = GrammarCorpus.standard().entropyRate();
        RandomGenerator random = new Seed(11).generator();
        double nats = 0;
        double characters = 0;
        double squares = 0;
        for (int i = 0; i < SENTENCES; i++) {
            StringBuilder out = new StringBuilder();
            double cost = sentence.write(random, out);
            nats += cost;
            characters += out.length();
            squares += Math.pow(cost - rate * out.length(), 2);
        }
        // Central limit theorem for a ratio of means: cost - rate * length has mean 0.
        double deviation = Math.sqrt(squares / SENTENCES) * Math.sqrt(SENTENCES) / characters;
        assertThat(deviation / rate).isLessThan(0.01);
        assertThat(nats / characters).isCloseTo(rate, within(3 * deviation));
    }

    @Test
    void noSentenceHasTwoDerivations() {
        Rule sentence = Concord.sentence();
        RandomGenerator random = new Seed(12).generator();
        for (int i = 0; i < 200; i++) {
            StringBuilder out = new StringBuilder();
            sentence.write(random, out);
            assertThat(new Derivations(out.toString()).count(sentence))
                    .as(out.toString())
                    .isEqualTo(1);
        }
    }

    @Test
    void aFullStopEndsASentenceAndIsNowhereElse() {
        Rule sentence = Concord.sentence();
        RandomGenerator random = new Seed(13).generator();
        for (int i = 0; i < 1000; i++) {
            StringBuilder out = new StringBuilder();
            sentence.write(random, out);
            assertThat(out.indexOf(".")).as(out.toString()).isEqualTo(out.length() - 2);
            assertThat(out.charAt(out.length() - 1)).isIn(' ', '\n');
        }
    }

    @Test
    void bracketsMatchAndNestThreeDeep() {
        int deepest = 0;
        int[] text = GrammarCorpus.standard().generate(new Seed(14), 100_000);
        Deque<Integer> open = new ArrayDeque<>();
        for (int i = 0; i < text.length; i++) {
            int c = text[i];
            boolean quoteOpens = c == '"' && (text[i - 1] == ' ');
            if ("([{".indexOf(c) >= 0 || quoteOpens) {
                open.push(c);
                deepest = Math.max(deepest, open.size());
            } else if (")]}\"".indexOf(c) >= 0) {
                assertThat("([{\"".indexOf(open.pop())).as("place %d", i).isEqualTo(")]}\"".indexOf(c));
            } else if (c == '.') {
                assertThat(open).isEmpty();
            }
        }
        assertThat(deepest).isEqualTo(3);
    }

    @Test
    void theSeedDecidesTheText() {
        GrammarCorpus corpus = GrammarCorpus.standard();
        int[] text = corpus.generate(new Seed(1), 5000);
        assertThat(text).hasSize(5000).isEqualTo(corpus.generate(new Seed(1), 5000));
        assertThat(text).isNotEqualTo(corpus.generate(new Seed(2), 5000));
        assertThat(corpus.generate(new Seed(1), 6000)).startsWith(text);
        assertThat(Arrays.stream(corpus.generate(new Seed(3), 50_000))
                        .distinct()
                        .count())
                .isEqualTo(29);
    }
}
