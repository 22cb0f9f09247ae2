package io.github.unrolled.models.video;

import java.util.List;

/**
 * What is done to numbers before the network sees them: (x - mean) / deviation.
 *
 * @param perClip whether mean and deviation are those of all numbers of the clip itself; else they are the ones given here
 * @param mean of each channel
 * @param deviation of each channel, above 0
 */
public record Standardisation(boolean perClip, float[] mean, float[] deviation) {
    /** A clip of one colour is not blown up to noise. */
    private static final double LEAST_OF_CLIP = 1e-3;

    private static final double LEAST = 1e-9;
    /** So many frames tell the mean of a clip. */
    private static final int SAMPLED = 96;

    /** Checks the values. */
    public Standardisation {
        if (mean.length != deviation.length) {
            throw new IllegalArgumentException(mean.length + " means and " + deviation.length + " deviations");
        }
        for (int i = 0; i < mean.length; i++) {
            if (!(deviation[i] > 0) || !Float.isFinite(mean[i]) || !Float.isFinite(deviation[i])) {
                throw new IllegalArgumentException("standardisation by a mean of " + mean[i] + " and a deviation of "
                        + deviation[i] + "; expected finite numbers and a deviation above 0");
            }
        }
    }

    /** Each clip by its own numbers. */
    public static Standardisation ofEachClip(int channels) {
        float[] ones = new float[channels];
        java.util.Arrays.fill(ones, 1);
        return new Standardisation(true, new float[channels], ones);
    }

    /** By mean and deviation of each channel over all sequences. */
    public static Standardisation over(List<LabelledSequence> sequences, int values, int channels) {
        double[] sums = new double[channels];
        double[] squares = new double[channels];
        double count = 0;
        for (LabelledSequence sequence : sequences) {
            float[] sampled = sampled(sequence.values(), values);
            for (int i = 0; i < sampled.length; i++) {
                sums[i % channels] += sampled[i];
                squares[i % channels] += (double) sampled[i] * sampled[i];
            }
            count += (double) sampled.length / channels;
        }
        float[] mean = new float[channels];
        float[] deviation = new float[channels];
        for (int c = 0; c < channels; c++) {
            double centre = sums[c] / count;
            mean[c] = (float) centre;
            deviation[c] = (float) Math.max(LEAST, Math.sqrt(Math.max(0, squares[c] / count - centre * centre)));
        }
        return new Standardisation(false, mean, deviation);
    }

    /** All numbers of a short sequence, of evenly chosen frames of a long one. */
    private static float[] sampled(Values values, int perFrame) {
        int frames = values.frames();
        int taken = Math.min(frames, SAMPLED);
        float[] numbers = new float[taken * perFrame];
        for (int i = 0; i < taken; i++) {
            values.read((int) ((long) i * frames / taken), 1, numbers, i * perFrame);
        }
        return numbers;
    }

    /** The factor and the shift of each channel for a sequence: {@code [2][channels]}. */
    float[][] of(Values values, int perFrame) {
        int channels = mean.length;
        float[][] linear = new float[2][channels];
        double centre = 0;
        double spread = 1;
        if (perClip) {
            float[] numbers = sampled(values, perFrame);
            double sum = 0;
            double squares = 0;
            for (float number : numbers) {
                sum += number;
                squares += (double) number * number;
            }
            int count = Math.max(1, numbers.length);
            centre = sum / count;
            spread = Math.max(LEAST_OF_CLIP, Math.sqrt(Math.max(0, squares / count - centre * centre)));
        }
        for (int c = 0; c < channels; c++) {
            double by = perClip ? spread : deviation[c];
            double from = perClip ? centre : mean[c];
            linear[0][c] = (float) (1 / by);
            linear[1][c] = (float) (-from / by);
        }
        return linear;
    }
}
