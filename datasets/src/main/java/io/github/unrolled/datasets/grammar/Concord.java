package io.github.unrolled.datasets.grammar;

import static io.github.unrolled.datasets.grammar.Rule.choice;
import static io.github.unrolled.datasets.grammar.Rule.literal;
import static io.github.unrolled.datasets.grammar.Rule.optional;
import static io.github.unrolled.datasets.grammar.Rule.sequence;

import io.github.unrolled.random.Seed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The language of {@link GrammarCorpus#standard()}:
 *
 * <pre>
 * sentence = clause "." (" " | new line)
 * clause   = article(number) {adjective(class)} noun(class) [aside] verb(class, number) [object]
 * object   = {adjective(class')} noun(class')
 * aside    = "(" clause ")" | "[" clause "]" | "{" clause "}" | quoted clause
 * word(class) = the syllable of its class, and a stem
 * </pre>
 *
 * <p>It has one derivation per string: reading from the left, the article gives the number, the first two letters of a
 * word its class, its stem (all are different) its kind and, with what follows it, every choice that was made.
 */
final class Concord {
    private static final int DEPTH = 3;
    private static final double[] ASIDE = {0.35, 0.3, 0.2};
    private static final double ADJECTIVE = 0.5;
    private static final double SECOND_ADJECTIVE = 0.3;
    private static final double OBJECT = 0.5;

    private static final List<String> ARTICLES = List.of("a", "o");
    private static final List<String> VERB_ENDINGS = List.of("i", "un");
    private static final List<String> CLASSES = List.of("ki", "mo", "be", "lu", "za");
    private static final List<String> OPENING = List.of("(", "[", "{", "\"");
    private static final List<String> CLOSING = List.of(")", "]", "}", "\"");

    private final List<String> nouns;
    private final List<String> adjectives;
    private final List<String> verbs;
    /** One object for each depth and class, so that the rules stay few. */
    private final Map<String, Rule> shared = new TreeMap<>();

    private Concord() {
        Lexicon lexicon = new Lexicon(new Seed(1));
        nouns = lexicon.stems(24);
        adjectives = lexicon.stems(12);
        verbs = lexicon.stems(16);
    }

    /** The rule of a sentence. */
    static Rule sentence() {
        Rule gap = choice(new double[] {0.8, 0.2}, List.of(literal(" "), literal("\n")));
        return sequence(new Concord().clause(0), literal("."), gap);
    }

    private Rule clause(int depth) {
        List<Rule> clauses = new ArrayList<>();
        for (int number = 0; number < ARTICLES.size(); number++) {
            for (String concord : CLASSES) {
                clauses.add(sequence(
                        literal(ARTICLES.get(number)),
                        group(concord),
                        aside(depth),
                        literal(" " + concord),
                        oneOf(verbs),
                        literal(VERB_ENDINGS.get(number)),
                        optional(OBJECT, object())));
            }
        }
        return equally(clauses);
    }

    /** A noun and the adjectives before it. */
    private Rule group(String concord) {
        return shared.computeIfAbsent("group " + concord, key -> {
            Rule adjective = sequence(literal(" " + concord), oneOf(adjectives));
            Rule several = sequence(adjective, optional(SECOND_ADJECTIVE, adjective));
            return sequence(optional(ADJECTIVE, several), literal(" " + concord), oneOf(nouns));
        });
    }

    private Rule object() {
        return equally(CLASSES.stream().map(this::group).toList());
    }

    private Rule aside(int depth) {
        if (depth == DEPTH) {
            return literal("");
        }
        Rule known = shared.get("aside " + depth);
        if (known != null) {
            return known;
        }
        Rule clause = clause(depth + 1);
        List<Rule> kinds = new ArrayList<>();
        for (int i = 0; i < OPENING.size(); i++) {
            kinds.add(sequence(literal(" " + OPENING.get(i)), clause, literal(CLOSING.get(i))));
        }
        Rule aside = optional(ASIDE[depth], equally(kinds));
        shared.put("aside " + depth, aside);
        return aside;
    }

    /** Frequent and rare ones: the weight falls with the place in the list, as Zipf's law has it. */
    private static Rule oneOf(List<String> words) {
        double[] weights = new double[words.size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = 1.0 / (i + 3);
        }
        return choice(weights, words.stream().map(Rule::literal).toList());
    }

    private static Rule equally(List<Rule> options) {
        double[] weights = Collections.nCopies(options.size(), 1.0).stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
        return choice(weights, options);
    }
}
