package io.github.unrolled.datasets.grammar;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Counts the derivations that a rule has for a string: by dynamic programming over (rule, place), nothing is assumed. */
final class Derivations {
    private final String text;
    private final Map<Rule, Map<Integer, Map<Integer, Long>>> known = new IdentityHashMap<>();

    Derivations(String text) {
        this.text = text;
    }

    /** How many derivations of the whole string there are. */
    long count(Rule rule) {
        return ends(rule, 0).getOrDefault(text.length(), 0L);
    }

    /** How many derivations of the string from a place to each possible end. */
    private Map<Integer, Long> ends(Rule rule, int from) {
        Map<Integer, Map<Integer, Long>> ofRule = known.computeIfAbsent(rule, key -> new HashMap<>());
        Map<Integer, Long> ends = ofRule.get(from);
        if (ends == null) {
            ends = find(rule, from);
            ofRule.put(from, ends);
        }
        return ends;
    }

    private Map<Integer, Long> find(Rule rule, int from) {
        Map<Integer, Long> ends = new TreeMap<>();
        if (rule instanceof Rule.Literal literal) {
            if (text.startsWith(literal.text(), from)) {
                ends.put(from + literal.text().length(), 1L);
            }
        } else if (rule instanceof Rule.Choice choice) {
            choice.options()
                    .forEach(option -> ends(option, from).forEach((end, count) -> ends.merge(end, count, Long::sum)));
        } else if (rule instanceof Rule.Sequence sequence) {
            ends.put(from, 1L);
            for (Rule part : sequence.parts()) {
                Map<Integer, Long> before = new TreeMap<>(ends);
                ends.clear();
                before.forEach((middle, ways) ->
                        ends(part, middle).forEach((end, count) -> ends.merge(end, ways * count, Long::sum)));
            }
        }
        return ends;
    }
}
