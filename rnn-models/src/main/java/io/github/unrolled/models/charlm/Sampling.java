package io.github.unrolled.models.charlm;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How the next token is drawn from a model's logits.
 *
 * @param temperature divides the logits; below 1 more certain, above 1 more daring, 0 always the most likely token
 * @param topK draw from the k most likely tokens only; 0 for all
 * @param topP draw from the smallest set of most likely tokens that together have this probability (Holtzman et al. 2020);
 *     1 for all
 */
public record Sampling(double temperature, int topK, double topP) {
    /** Checks the ranges. */
    public Sampling {
        if (!(temperature >= 0) || Double.isInfinite(temperature)) {
            throw new IllegalArgumentException("the temperature is a number from 0 on, not " + temperature);
        }
        if (topK < 0) {
            throw new IllegalArgumentException("top-k is a number of tokens, or 0 for all, not " + topK);
        }
        if (!(topP > 0 && topP <= 1)) {
            throw new IllegalArgumentException("top-p is a probability in (0, 1], not " + topP);
        }
    }

    /** Temperature 1, all tokens. */
    public static Sampling plain() {
        return new Sampling(1, 0, 1);
    }

    /** Always the most likely token. */
    public static Sampling greedy() {
        return new Sampling(0, 0, 1);
    }

    /**
     * The distribution that is drawn from.
     *
     * @throws IllegalStateException if a logit is not finite: the model is broken, usually by a diverged training
     */
    public double[] distribution(float[] logits) {
        int best = 0;
        for (int i = 0; i < logits.length; i++) {
            if (!Float.isFinite(logits[i])) {
                throw new IllegalStateException("the model gives " + logits[i] + " for token " + i
                        + " instead of a number, so its training has diverged; use an earlier checkpoint");
            }
            best = logits[i] > logits[best] ? i : best;
        }
        double[] probabilities = new double[logits.length];
        if (temperature == 0) {
            probabilities[best] = 1;
            return probabilities;
        }
        for (int i = 0; i < logits.length; i++) {
            probabilities[i] = Math.exp(((double) logits[i] - logits[best]) / temperature);
        }
        normalize(probabilities);
        if ((topK > 0 && topK < logits.length) || topP < 1) {
            keepMostLikely(probabilities);
            normalize(probabilities);
        }
        return probabilities;
    }

    private void keepMostLikely(double[] probabilities) {
        int[] order = mostLikely(probabilities);
        int limit = topK > 0 ? Math.min(topK, order.length) : order.length;
        double before = 0;
        for (int rank = 0; rank < order.length; rank++) {
            double own = probabilities[order[rank]];
            if (rank >= limit || before >= topP) {
                probabilities[order[rank]] = 0;
            }
            before += own;
        }
    }

    /** The tokens of a distribution, most likely first; equal ones in their own order. */
    public static int[] mostLikely(double[] probabilities) {
        return IntStream.range(0, probabilities.length)
                .boxed()
                .sorted((a, b) -> Double.compare(probabilities[b], probabilities[a]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static void normalize(double[] values) {
        double sum = Arrays.stream(values).sum();
        for (int i = 0; i < values.length; i++) {
            values[i] /= sum;
        }
    }
}
