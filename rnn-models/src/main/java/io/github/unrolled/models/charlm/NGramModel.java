package io.github.unrolled.models.charlm;

import java.util.Arrays;

/**
 * A count-based language model, the baseline of the recurrent ones: interpolated Kneser-Ney smoothing (Kneser and Ney
 * 1995; in the interpolated form of Chen and Goodman 1999, equation 22) with one discount an order. For a context h and
 * h' = h without its first token,
 *
 * <pre>p(w | h) = (max(c(hw) - D, 0) + D N(h) p(w | h')) / sum of c(hv) over v</pre>
 *
 * where c counts occurrences in the highest order and different left neighbours in those below, N(h) is the number of
 * different tokens after h, and D = n1 / (n1 + 2 n2) from the numbers of n-grams with count one and two. Below the first
 * order stands the uniform distribution, so no token has probability zero. A context that never occurred hands over to
 * the next shorter one.
 */
public final class NGramModel {
    /** Where the counts give no discount: absolute discounting's usual middle. */
    private static final double USUAL_DISCOUNT = 0.5;

    private final int order;
    private final int vocabularySize;
    private final NGramTrie trie;
    private final double[] discounts;

    private NGramModel(int order, int vocabularySize, NGramTrie trie, double[] discounts) {
        this.order = order;
        this.vocabularySize = vocabularySize;
        this.trie = trie;
        this.discounts = discounts;
    }

    /**
     * Counts a text.
     *
     * @param tokens at least one, each in [0, vocabularySize)
     * @param order tokens of an n-gram: 1 knows only how frequent each token is, 5 looks back at four
     */
    public static NGramModel train(int[] tokens, int vocabularySize, int order) {
        if (tokens.length == 0 || order < 1) {
            throw new IllegalArgumentException("an n-gram model of order " + order + " from " + tokens.length
                    + " tokens; both must be at least 1");
        }
        NGramTrie trie = NGramTrie.count(tokens, vocabularySize, order);
        double[] discounts = new double[order + 1];
        for (int n = 1; n <= order; n++) {
            long once = trie.withCount(n, 1);
            long twice = trie.withCount(n, 2);
            discounts[n] = once == 0 || twice == 0 ? USUAL_DISCOUNT : once / (double) (once + 2 * twice);
        }
        return new NGramModel(order, vocabularySize, trie, discounts);
    }

    /** Tokens of an n-gram. */
    public int order() {
        return order;
    }

    /** The discount of the n-grams of one length. */
    double discount(int length) {
        return discounts[length];
    }

    /** The probability of a token after a context of any length, of which the last {@code order - 1} tokens count. */
    public double probability(int[] context, int token) {
        int[] contexts = trie.newContexts();
        for (int i = Math.max(0, context.length - order + 1); i < context.length; i++) {
            trie.advance(contexts, context[i]);
        }
        return at(contexts, token);
    }

    private double at(int[] contexts, int token) {
        double probability = 1.0 / vocabularySize;
        for (int n = 1; n <= order && contexts[n - 1] != NGramTrie.ABSENT; n++) {
            int context = contexts[n - 1];
            long total = trie.total(context);
            if (total > 0) {
                int node = trie.child(context, token);
                double kept = node == NGramTrie.ABSENT ? 0 : Math.max(trie.count(node) - discounts[n], 0);
                probability = (kept + discounts[n] * trie.followers(context) * probability) / total;
            }
        }
        return probability;
    }

    /**
     * The mean negative logarithm of the probability of each token but the first, in nats: the same predictions as
     * {@link CharLmEvaluation#fullPass}.
     *
     * @param tokens at least two
     */
    public double crossEntropy(int[] tokens) {
        if (tokens.length < 2) {
            throw new IllegalArgumentException(
                    tokens.length + " tokens leave nothing to predict; at least 2 are needed");
        }
        int[] contexts = trie.newContexts();
        trie.advance(contexts, tokens[0]);
        double sum = 0;
        for (int i = 1; i < tokens.length; i++) {
            sum -= Math.log(at(contexts, tokens[i]));
            trie.advance(contexts, tokens[i]);
        }
        return sum / (tokens.length - 1);
    }

    @Override
    public String toString() {
        return order + "-gram, discounts " + Arrays.toString(Arrays.copyOfRange(discounts, 1, order + 1));
    }
}
