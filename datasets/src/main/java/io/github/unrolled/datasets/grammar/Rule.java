package io.github.unrolled.datasets.grammar;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A part of a random grammar: it writes a string, and knows the expected length and the exact entropy of the derivation
 * that does so. Rules are built from the inside out, so none contains itself: every string is finite, and length and
 * entropy are plain sums over the parts,
 *
 * <pre>
 * literal   H = 0                          L = its characters
 * sequence  H = sum of H(part)             L = sum of L(part)
 * choice    H = sum of p (H(option) - ln p)   L = sum of p L(option)
 * </pre>
 *
 * which is the entropy of a derivation of a probabilistic context-free grammar (Grenander 1967). It is the entropy of
 * the string as well where no string has two derivations.
 */
abstract sealed class Rule {
    private final double entropy;
    private final double length;

    private Rule(double entropy, double length) {
        this.entropy = entropy;
        this.length = length;
    }

    /** Of the derivation, in nats. */
    final double entropy() {
        return entropy;
    }

    /** Expected number of characters. */
    final double length() {
        return length;
    }

    /**
     * Writes one string.
     *
     * @return the negative logarithm of the derivation's probability, in nats
     */
    abstract double write(RandomGenerator random, StringBuilder out);

    static Rule literal(String text) {
        return new Literal(text);
    }

    static Rule sequence(Rule... parts) {
        return new Sequence(List.of(parts));
    }

    /** One of several, with probabilities in proportion to weights. */
    static Rule choice(double[] weights, List<? extends Rule> options) {
        if (weights.length != options.size() || weights.length == 0) {
            throw new IllegalArgumentException(weights.length + " weights for " + options.size() + " options");
        }
        double total = 0;
        for (double weight : weights) {
            if (!(weight > 0)) {
                throw new IllegalArgumentException("a weight of " + weight + "; positive ones are expected");
            }
            total += weight;
        }
        double[] probabilities = new double[weights.length];
        for (int i = 0; i < weights.length; i++) {
            probabilities[i] = weights[i] / total;
        }
        return new Choice(probabilities, List.copyOf(options));
    }

    /** Present with a probability, else empty; a rule that is never present is the empty string. */
    static Rule optional(double probability, Rule rule) {
        return probability == 0
                ? literal("")
                : choice(new double[] {probability, 1 - probability}, List.of(rule, literal("")));
    }

    static final class Literal extends Rule {
        private final String text;

        private Literal(String text) {
            super(0, text.codePointCount(0, text.length()));
            this.text = text;
        }

        String text() {
            return text;
        }

        @Override
        double write(RandomGenerator random, StringBuilder out) {
            out.append(text);
            return 0;
        }
    }

    static final class Sequence extends Rule {
        private final List<Rule> parts;

        private Sequence(List<Rule> parts) {
            super(
                    parts.stream().mapToDouble(Rule::entropy).sum(),
                    parts.stream().mapToDouble(Rule::length).sum());
            this.parts = parts;
        }

        List<Rule> parts() {
            return parts;
        }

        @Override
        double write(RandomGenerator random, StringBuilder out) {
            double nats = 0;
            for (Rule part : parts) {
                nats += part.write(random, out);
            }
            return nats;
        }
    }

    static final class Choice extends Rule {
        private final double[] probabilities;
        private final List<Rule> options;

        private Choice(double[] probabilities, List<Rule> options) {
            super(entropy(probabilities, options), length(probabilities, options));
            this.probabilities = probabilities;
            this.options = options;
        }

        List<Rule> options() {
            return options;
        }

        @Override
        double write(RandomGenerator random, StringBuilder out) {
            double drawn = random.nextDouble();
            int i = 0;
            // The last option takes what rounding leaves over.
            while (i < probabilities.length - 1 && drawn >= probabilities[i]) {
                drawn -= probabilities[i++];
            }
            return options.get(i).write(random, out) - Math.log(probabilities[i]);
        }

        private static double entropy(double[] probabilities, List<Rule> options) {
            double sum = 0;
            for (int i = 0; i < probabilities.length; i++) {
                sum += probabilities[i] * (options.get(i).entropy() - Math.log(probabilities[i]));
            }
            return sum;
        }

        private static double length(double[] probabilities, List<Rule> options) {
            double sum = 0;
            for (int i = 0; i < probabilities.length; i++) {
                sum += probabilities[i] * options.get(i).length();
            }
            return sum;
        }
    }
}
