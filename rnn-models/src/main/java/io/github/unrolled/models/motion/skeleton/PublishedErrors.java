package io.github.unrolled.models.motion.skeleton;

import io.github.unrolled.datasets.motion.cmu.CmuProtocol;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Errors that others are remembered to have published in the same protocol, in radians, at 80, 160, 320, 400 and 1000
 * nominal ms (none at 560): the rows of each action are recalled from Table 4 of Mao et al. (2019), not read there, and are
 * called so wherever they are shown; of LearnTrajDep, the mean over all eight actions agrees with the authors' repository.
 * Their models were trained on eight actions, three of which cannot be had any more.
 */
public final class PublishedErrors {
    /** The nominal horizons of the columns. */
    public static final List<Integer> MILLISECONDS = List.of(80, 160, 320, 400, 1000);

    private static final Map<String, Map<String, double[]>> MODELS = new LinkedHashMap<>();

    static {
        put("residual-gru (Martinez et al. 2017, recalled)", new double[][] {
            {.50, .80, 1.27, 1.45, 1.78},
            {.56, .88, 1.77, 2.02, 2.40},
            {.33, .50, .66, .75, 1.00},
            {.29, .51, .88, .99, 1.72},
            {.35, .47, .60, .65, .88}
        });
        put("ConvSeq2Seq (Li et al. 2018, recalled)", new double[][] {
            {.37, .62, 1.07, 1.18, 1.95},
            {.39, .60, 1.36, 1.56, 2.01},
            {.28, .41, .52, .57, .67},
            {.26, .44, .75, .87, 1.56},
            {.35, .44, .45, .50, .78}
        });
        put("LearnTrajDep (Mao et al. 2019, recalled)", new double[][] {
            {.33, .52, .89, 1.06, 1.71},
            {.31, .49, 1.23, 1.39, 1.80},
            {.33, .55, .73, .74, .95},
            {.18, .29, .61, .71, 1.40},
            {.33, .45, .49, .53, .61}
        });
    }

    private PublishedErrors() {}

    /** Rows in the order of {@link CmuProtocol#ACTIONS}. */
    private static void put(String model, double[][] rows) {
        List<String> actions = CmuProtocol.ACTIONS;
        Map<String, double[]> errors = new LinkedHashMap<>();
        double[] mean = new double[MILLISECONDS.size()];
        for (int a = 0; a < rows.length; a++) {
            errors.put(actions.get(a), rows[a]);
            for (int h = 0; h < mean.length; h++) {
                mean[h] += rows[a][h] / rows.length;
            }
        }
        errors.put("mean", mean);
        MODELS.put(model, errors);
    }

    /** The models. */
    public static List<String> models() {
        return List.copyOf(MODELS.keySet());
    }

    /**
     * The errors of a model.
     *
     * @param action one of the protocol's, or {@code mean}
     */
    public static double[] of(String model, String action) {
        Map<String, double[]> rows = MODELS.get(model);
        double[] errors = rows == null ? null : rows.get(action);
        if (errors == null) {
            throw new IllegalArgumentException("nothing is recalled of " + model + " and " + action);
        }
        return errors.clone();
    }
}
