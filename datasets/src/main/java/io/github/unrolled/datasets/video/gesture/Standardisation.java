package io.github.unrolled.datasets.video.gesture;

import java.util.ArrayList;
import java.util.List;

/**
 * Brings every feature to mean 0 and standard deviation 1.
 *
 * @param mean of each feature; kept, not copied
 * @param deviation of each feature, above 0; kept, not copied
 */
@SuppressWarnings("ArrayRecordComponent") // not compared
public record Standardisation(double[] mean, double[] deviation) {
    /** Mean and standard deviation over all frames of the sequences; a feature that never changes is only shifted. */
    public static Standardisation of(List<FeatureSequence> sequences) {
        int width = sequences.get(0).width();
        double[] mean = new double[width];
        double[] squares = new double[width];
        long count = 0;
        for (FeatureSequence sequence : sequences) {
            for (float[] row : sequence.features()) {
                for (int f = 0; f < width; f++) {
                    mean[f] += row[f];
                }
                count++;
            }
        }
        for (int f = 0; f < width; f++) {
            mean[f] /= count;
        }
        for (FeatureSequence sequence : sequences) {
            for (float[] row : sequence.features()) {
                for (int f = 0; f < width; f++) {
                    squares[f] += (row[f] - mean[f]) * (row[f] - mean[f]);
                }
            }
        }
        double[] deviation = new double[width];
        for (int f = 0; f < width; f++) {
            double found = Math.sqrt(squares[f] / count);
            deviation[f] = found > 0 ? found : 1;
        }
        return new Standardisation(mean, deviation);
    }

    /** The same sequences, standardised, in new arrays. */
    public List<FeatureSequence> apply(List<FeatureSequence> sequences) {
        List<FeatureSequence> all = new ArrayList<>();
        for (FeatureSequence sequence : sequences) {
            float[][] rows = new float[sequence.length()][sequence.width()];
            for (int t = 0; t < rows.length; t++) {
                for (int f = 0; f < rows[t].length; f++) {
                    rows[t][f] = (float) ((sequence.features()[t][f] - mean[f]) / deviation[f]);
                }
            }
            all.add(new FeatureSequence(sequence.name(), sequence.group(), rows, sequence.labels()));
        }
        return all;
    }
}
