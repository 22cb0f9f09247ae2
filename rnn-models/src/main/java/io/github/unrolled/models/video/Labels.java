package io.github.unrolled.models.video;

/** From scores to labels. */
public final class Labels {
    private Labels() {}

    /** The class with the greatest score; the first one of several. */
    public static int best(float... scores) {
        int best = 0;
        for (int k = 1; k < scores.length; k++) {
            if (scores[k] > scores[best]) {
                best = k;
            }
        }
        return best;
    }

    /** The class with the greatest score of every frame, {@code [frame][class]}. */
    public static int[] best(float[][] scores) {
        int[] labels = new int[scores.length];
        for (int t = 0; t < labels.length; t++) {
            labels[t] = best(scores[t]);
        }
        return labels;
    }

    /** Scores as logarithms of probabilities: x - ln Σ exp(x) of {@code classes} scores from an index on; the argument is not modified. */
    public static float[] logSoftmax(float[] scores, int from, int classes) {
        double max = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < classes; k++) {
            max = Math.max(max, scores[from + k]);
        }
        double sum = 0;
        for (int k = 0; k < classes; k++) {
            sum += Math.exp(scores[from + k] - max);
        }
        double logSum = max + Math.log(sum);
        float[] logs = new float[classes];
        for (int k = 0; k < classes; k++) {
            logs[k] = (float) (scores[from + k] - logSum);
        }
        return logs;
    }
}
