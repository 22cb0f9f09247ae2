package io.github.unrolled.models.video;

/** From the scores of frames to those of the clip so far. */
final class ClipPooling {
    private final boolean mean;
    private final double[] sums;
    private long frames;

    ClipPooling(VideoConfig config) {
        mean = config.pooling().equals(VideoConfig.MEAN);
        sums = new double[config.classes()];
    }

    void add(float[] scores) {
        frames = mean ? frames + 1 : 1;
        for (int k = 0; k < sums.length; k++) {
            sums[k] = mean ? sums[k] + scores[k] : scores[k];
        }
    }

    /** The logarithm of the probability of each class, of all that was added. */
    float[] logProbabilities() {
        float[] scores = new float[sums.length];
        for (int k = 0; k < scores.length; k++) {
            scores[k] = (float) (sums[k] / frames);
        }
        return Labels.logSoftmax(scores, 0, scores.length);
    }
}
