package io.github.unrolled.models.charlm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.unrolled.datasets.grammar.GrammarCorpus;
import io.github.unrolled.datasets.text.Vocabulary;
import io.github.unrolled.random.Seed;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class NGramModelTest {
    private static final int A = 0;
    private static final int B = 1;
    private static final int C = 2;
    /** abaababa: a five times, b three times, c never. */
    private static final int[] TEXT = {A, B, A, A, B, A, B, A};

    @Test
    void unigramByHand() {
        // No token occurs once or twice, so the discount is 1/2. Two followers of the empty context, uniform is 1/3.
        NGramModel model = NGramModel.train(TEXT, 3, 1);
        assertThat(model.discount(1)).isEqualTo(0.5);
        assertThat(model.probability(new int[] {}, A)).isCloseTo((4.5 + 0.5 * 2 / 3) / 8, within(1e-12));
        assertThat(model.probability(new int[] {}, B)).isCloseTo((2.5 + 0.5 * 2 / 3) / 8, within(1e-12));
        assertThat(model.probability(new int[] {B, A}, C)).isCloseTo(0.5 * 2 / 3 / 8, within(1e-12));
    }

    @Test
    void bigramByHand() {
        // Pairs: ab 3, ba 3, aa 1. One pair occurs once and none twice: discount 1/2. Left neighbours: a has {a, b}, b
        // has
        // {a}: one token with count 1 and one with count 2, so the discount of the first order is 1 / (1 + 2) = 1/3.
        NGramModel model = NGramModel.train(TEXT, 3, 2);
        assertThat(model.discount(2)).isEqualTo(0.5);
        assertThat(model.discount(1)).isCloseTo(1 / 3.0, within(1e-12));
        double uniform = 1 / 3.0;
        double a = (2 - 1 / 3.0 + 1 / 3.0 * 2 * uniform) / 3;
        double b = (1 - 1 / 3.0 + 1 / 3.0 * 2 * uniform) / 3;
        double c = 1 / 3.0 * 2 * uniform / 3;
        // After a: b three times, a once; after b: a three times.
        assertThat(model.probability(new int[] {A}, B)).isCloseTo((3 - 0.5 + 0.5 * 2 * b) / 4, within(1e-12));
        assertThat(model.probability(new int[] {A}, A)).isCloseTo((1 - 0.5 + 0.5 * 2 * a) / 4, within(1e-12));
        assertThat(model.probability(new int[] {B}, C)).isCloseTo(0.5 * 1 * c / 3, within(1e-12));
        // A context that never occurred leaves the choice to the shorter one.
        assertThat(model.probability(new int[] {C}, A)).isCloseTo(a, within(1e-12));
    }

    @Test
    void crossEntropyIsTheMeanOverAllTokensButTheFirst() {
        NGramModel model = NGramModel.train(TEXT, 3, 3);
        int[] text = {B, A, C, A, B};
        double sum = 0;
        for (int i = 1; i < text.length; i++) {
            sum -= Math.log(model.probability(Arrays.copyOf(text, i), text[i]));
        }
        assertThat(model.crossEntropy(text)).isCloseTo(sum / 4, within(1e-12));
    }

    @Test
    void probabilitiesSumToOneAfterAnyContext() {
        RandomGenerator random = new Seed(5).generator();
        int[] text = random.ints(3000, 0, 7).toArray();
        NGramModel model = NGramModel.train(text, 9, 5);
        for (int trial = 0; trial < 500; trial++) {
            int[] context = random.ints(random.nextInt(8), 0, 9).toArray();
            double sum = 0;
            for (int token = 0; token < 9; token++) {
                double probability = model.probability(context, token);
                assertThat(probability).isPositive();
                sum += probability;
            }
            assertThat(sum).as(Arrays.toString(context)).isCloseTo(1, within(1e-9));
        }
    }

    @Test
    void theMadeLanguageNeedsMoreThanFourCharactersOfMemory() {
        GrammarCorpus corpus = GrammarCorpus.standard();
        int[] text = corpus.generate(new Seed(6), 440_000);
        Vocabulary vocabulary = Vocabulary.of(text);
        int[] tokens = vocabulary.encode(text);
        int[] training = Arrays.copyOf(tokens, 400_000);
        int[] heldOut = Arrays.copyOfRange(tokens, 400_000, tokens.length);
        double unigram = NGramModel.train(training, vocabulary.size(), 1).crossEntropy(heldOut);
        double fiveGram = NGramModel.train(training, vocabulary.size(), 5).crossEntropy(heldOut);
        assertThat(unigram).isGreaterThan(5 * corpus.entropyRate());
        assertThat(fiveGram).isBetween(1.2 * corpus.entropyRate(), 2 * corpus.entropyRate());
    }

    @Test
    void refusesWhatItCannotCount() {
        assertThatThrownBy(() -> NGramModel.train(new int[] {}, 3, 2)).hasMessageContaining("from 0 tokens");
        assertThatThrownBy(() -> NGramModel.train(new int[] {0, 3}, 3, 2))
                .hasMessage("token 3 in place 1 is outside of a vocabulary of 3");
        assertThatThrownBy(() -> NGramModel.train(TEXT, 3, 2).crossEntropy(new int[] {A}))
                .hasMessageContaining("at least 2 are needed");
    }
}
