package io.github.unrolled.models.motion.skeleton;

import java.util.List;

/**
 * The architecture of a predictor.
 *
 * @param network {@code spectral-gru} or {@code residual-gru}
 * @param seen frames that are read
 * @param predicted frames that are predicted
 * @param recurrent features of the recurrent state
 * @param hidden features of the refined code; of {@code spectral-gru} only
 * @param refinements how often the code is refined, always by the same weights; of {@code spectral-gru} only
 * @param coefficients frequencies of a predicted curve; of {@code spectral-gru} only
 * @param dropout probability of dropping a feature, in [0, 1)
 */
public record SkeletonConfig(
        String network,
        int seen,
        int predicted,
        int recurrent,
        int hidden,
        int refinements,
        int coefficients,
        double dropout) {
    /** The network that measures best. */
    public static final String SPECTRAL_GRU = "spectral-gru";

    /** The network of Martinez et al. (2017). */
    public static final String RESIDUAL_GRU = "residual-gru";

    /** Both. */
    public static final List<String> NETWORKS = List.of(SPECTRAL_GRU, RESIDUAL_GRU);

    /** More than any model has: what a damaged file asks for is refused before it is allocated. */
    private static final int LARGEST = 1 << 14;

    /** Checks the ranges: what a file says arrives here as well. */
    public SkeletonConfig {
        if (!NETWORKS.contains(network)) {
            throw new IllegalArgumentException("network is '" + network + "', expected one of " + NETWORKS);
        }
        require(seen, 2, "seen");
        require(predicted, 1, "predicted");
        require(recurrent, 1, "recurrent");
        require(hidden, 1, "hidden");
        require(refinements, 0, "refinements");
        require(coefficients, 1, "coefficients");
        if (coefficients > predicted) {
            throw new IllegalArgumentException(
                    "coefficients is " + coefficients + ", expected at most the " + predicted + " predicted frames");
        }
        if (!(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException("dropout is " + dropout + ", expected at least 0 and less than 1");
        }
    }

    private static void require(int value, int least, String name) {
        if (value < least || value > LARGEST) {
            throw new IllegalArgumentException(name + " is " + value + ", expected " + least + " to " + LARGEST);
        }
    }
}
