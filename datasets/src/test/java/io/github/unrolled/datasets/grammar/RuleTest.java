package io.github.unrolled.datasets.grammar;

import static io.github.unrolled.datasets.grammar.Rule.choice;
import static io.github.unrolled.datasets.grammar.Rule.literal;
import static io.github.unrolled.datasets.grammar.Rule.optional;
import static io.github.unrolled.datasets.grammar.Rule.sequence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.unrolled.random.Seed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RuleTest {
    /** Ten strings: a or bb, then perhaps one of the two in brackets, then a full stop. */
    private static Rule tiny() {
        Rule word = choice(new double[] {3, 1}, List.of(literal("a"), literal("bb")));
        Rule aside = choice(
                new double[] {0.5, 0.5},
                List.of(sequence(literal("("), word, literal(")")), sequence(literal("["), word, literal("]"))));
        return sequence(word, optional(0.4, aside), literal("."));
    }

    @Test
    void entropyAndLengthEqualTheSumOverAllStrings() {
        // String by string, with probabilities written out: 3/4 a, 1/4 bb; 6/10 nothing, 2/10 each kind of bracket.
        Map<String, Double> words = Map.of("a", 0.75, "bb", 0.25);
        Map<String, Double> all = new HashMap<>();
        words.forEach((word, p) -> {
            all.put(word + ".", p * 0.6);
            words.forEach((inner, q) -> {
                all.put(word + "(" + inner + ").", p * 0.2 * q);
                all.put(word + "[" + inner + "].", p * 0.2 * q);
            });
        });
        assertThat(all.values().stream().mapToDouble(p -> p).sum()).isCloseTo(1, within(1e-12));

        double entropy =
                all.values().stream().mapToDouble(p -> -p * Math.log(p)).sum();
        double length = all.entrySet().stream()
                .mapToDouble(entry -> entry.getValue() * entry.getKey().length())
                .sum();
        assertThat(tiny().entropy()).isCloseTo(entropy, within(1e-12));
        assertThat(tiny().length()).isCloseTo(length, within(1e-12));
        assertThat(new GrammarCorpus(tiny()).entropyRate()).isCloseTo(entropy / length, within(1e-12));
    }

    @Test
    void writesEachStringAsOftenAsItsProbabilitySays() {
        RandomGenerator random = new Seed(4).generator();
        int draws = 100_000;
        Map<String, Integer> counts = new HashMap<>();
        Map<String, Double> nats = new HashMap<>();
        for (int i = 0; i < draws; i++) {
            StringBuilder out = new StringBuilder();
            double cost = tiny().write(random, out);
            counts.merge(out.toString(), 1, Integer::sum);
            nats.put(out.toString(), cost);
        }
        assertThat(counts).hasSize(10);
        counts.forEach((text, count) -> {
            double p = Math.exp(-nats.get(text));
            double deviation = Math.sqrt(p * (1 - p) / draws);
            assertThat(count / (double) draws).as(text).isCloseTo(p, within(4 * deviation));
        });
        assertThat(Math.exp(-nats.get("bb[a]."))).isCloseTo(0.25 * 0.2 * 0.75, within(1e-12));
    }

    @Test
    void countsDerivations() {
        Rule ambiguous = sequence(optional(0.5, literal("a")), optional(0.5, literal("a")));
        assertThat(new Derivations("a").count(ambiguous)).isEqualTo(2);
        assertThat(new Derivations("aa").count(ambiguous)).isEqualTo(1);
        assertThat(new Derivations("b").count(ambiguous)).isZero();
    }

    @Test
    void refusesWeightsThatAreNone() {
        assertThatThrownBy(() -> choice(new double[] {1}, List.of(literal("a"), literal("b"))))
                .hasMessage("1 weights for 2 options");
        assertThatThrownBy(() -> choice(new double[] {1, 0}, List.of(literal("a"), literal("b"))))
                .hasMessageContaining("a weight of 0.0");
    }
}
