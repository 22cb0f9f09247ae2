package io.github.unrolled.engine.onednn;

import static io.github.unrolled.engine.onednn.HostKernels.at;
import static io.github.unrolled.engine.onednn.HostKernels.floats;

import io.github.unrolled.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Group normalisation in plain Java, since oneDNN 3.11 computes its gradient with a reference loop that takes longer than
 * the convolutions around it. Both passes are sums per channel over the pixels of an image and then a straight line per
 * channel, over arrays of one pixel's channels, which is what Java vectorises.
 */
final class GroupNormalization {
    private final int groups;
    private final int batch;
    private final int rows;
    private final int columns;
    private final int channels;
    private final int size;
    private final Tensor x;
    /** One pixel. */
    private final float[] pixel;
    /** The same pixel of the gradient. */
    private final float[] upstream;
    /** Per channel: what is subtracted from x, and the two sums. */
    private final float[] origin;

    private final double[] first;
    private final double[] second;

    GroupNormalization(int groups, Tensor x) {
        this.groups = groups;
        this.x = x;
        batch = x.shape().dim(0);
        rows = x.shape().dim(1);
        columns = x.shape().dim(2);
        channels = x.shape().dim(3);
        size = channels / groups;
        pixel = new float[channels];
        upstream = new float[channels];
        origin = new float[channels];
        first = new double[channels];
        second = new double[channels];
    }

    void forward(Tensor gain, Tensor bias, double epsilon, Tensor y, Tensor statistics) {
        float[] scale = gain.toFloats();
        float[] shift = bias.toFloats();
        float[] slope = new float[channels];
        float[] stats = new float[2 * batch * groups];
        double n = (double) rows * columns * size;
        for (int image = 0; image < batch; image++) {
            // Around the first pixel, so that a large mean does not swallow the variance.
            floats(x).get(at(x) + image * rows * columns * channels, origin);
            sum(image);
            for (int g = 0; g < groups; g++) {
                double reference = origin[g * size];
                double sum = 0;
                double squares = 0;
                for (int c = g * size; c < (g + 1) * size; c++) {
                    double offset = origin[c] - reference;
                    double pixels = (double) rows * columns;
                    sum += first[c] + pixels * offset;
                    squares += second[c] + 2 * offset * first[c] + pixels * offset * offset;
                }
                double mean = sum / n;
                double variance = Math.max(squares / n - mean * mean, 0);
                stats[image * groups + g] = (float) (mean + reference);
                stats[(batch + image) * groups + g] = (float) variance;
                Arrays.fill(origin, g * size, (g + 1) * size, (float) (mean + reference));
                for (int c = g * size; c < (g + 1) * size; c++) {
                    slope[c] = (float) (scale[c] / Math.sqrt(variance + epsilon));
                }
            }
            normalize(image, slope, shift, y);
        }
        statistics.memory().write(statistics.offset(), stats, 0, stats.length);
    }

    /** first = Σ (x - origin), second = Σ (x - origin)², added up in double once a row. */
    private void sum(int image) {
        Arrays.fill(first, 0);
        Arrays.fill(second, 0);
        float[] sums = new float[channels];
        float[] squares = new float[channels];
        FloatBuffer in = floats(x);
        int place = at(x) + image * rows * columns * channels;
        for (int row = 0; row < rows; row++) {
            Arrays.fill(sums, 0);
            Arrays.fill(squares, 0);
            for (int column = 0; column < columns; column++, place += channels) {
                in.get(place, pixel);
                for (int c = 0; c < pixel.length; c++) {
                    float value = pixel[c] - origin[c];
                    sums[c] += value;
                    squares[c] += value * value;
                }
            }
            flush(sums, squares);
        }
    }

    private void flush(float[] sums, float[] products) {
        for (int c = 0; c < channels; c++) {
            first[c] += sums[c];
            second[c] += products[c];
        }
    }

    private void normalize(int image, float[] slope, float[] shift, Tensor y) {
        FloatBuffer in = floats(x);
        FloatBuffer out = floats(y);
        int place = image * rows * columns * channels;
        for (int p = 0; p < rows * columns; p++, place += channels) {
            in.get(at(x) + place, pixel);
            for (int c = 0; c < pixel.length; c++) {
                pixel[c] = (pixel[c] - origin[c]) * slope[c] + shift[c];
            }
            out.put(at(y) + place, pixel);
        }
    }

    void backward(Tensor gain, double epsilon, Tensor statistics, Tensor dy, Tensor dx, Tensor dGain, Tensor dBias) {
        float[] scale = gain.toFloats();
        float[] stats = statistics.toFloats();
        float[] inverse = new float[channels];
        float[] ofUpstream = new float[channels];
        float[] ofInput = new float[channels];
        float[] constant = new float[channels];
        double[] gainGradient = dGain.toDoubles();
        double[] biasGradient = dBias.toDoubles();
        double n = (double) rows * columns * size;
        for (int image = 0; image < batch; image++) {
            for (int c = 0; c < channels; c++) {
                int group = image * groups + c / size;
                origin[c] = stats[group];
                inverse[c] = (float) (1 / Math.sqrt(stats[batch * groups + group] + epsilon));
            }
            products(image, dy);
            for (int g = 0; g < groups; g++) {
                double mean = 0;
                double meanWithNormal = 0;
                for (int c = g * size; c < (g + 1) * size; c++) {
                    double withNormal = second[c] * inverse[c];
                    biasGradient[c] += first[c];
                    gainGradient[c] += withNormal;
                    mean += scale[c] * first[c] / n;
                    meanWithNormal += scale[c] * withNormal / n;
                }
                for (int c = g * size; c < (g + 1) * size; c++) {
                    ofUpstream[c] = inverse[c] * scale[c];
                    ofInput[c] = (float) (-inverse[c] * inverse[c] * meanWithNormal);
                    constant[c] = (float) (-inverse[c] * mean);
                }
            }
            combine(image, dy, dx, ofUpstream, ofInput, constant);
        }
        dGain.memory().write(dGain.offset(), gainGradient, 0, channels);
        dBias.memory().write(dBias.offset(), biasGradient, 0, channels);
    }

    /** first = Σ dy, second = Σ dy (x - origin). */
    private void products(int image, Tensor dy) {
        Arrays.fill(first, 0);
        Arrays.fill(second, 0);
        float[] sums = new float[channels];
        float[] products = new float[channels];
        int place = image * rows * columns * channels;
        for (int row = 0; row < rows; row++) {
            Arrays.fill(sums, 0);
            Arrays.fill(products, 0);
            for (int column = 0; column < columns; column++, place += channels) {
                floats(x).get(at(x) + place, pixel);
                floats(dy).get(at(dy) + place, upstream);
                for (int c = 0; c < pixel.length; c++) {
                    sums[c] += upstream[c];
                    products[c] += upstream[c] * (pixel[c] - origin[c]);
                }
            }
            flush(sums, products);
        }
    }

    private void combine(int image, Tensor dy, Tensor dx, float[] ofUpstream, float[] ofInput, float[] constant) {
        FloatBuffer out = floats(dx);
        int place = image * rows * columns * channels;
        for (int p = 0; p < rows * columns; p++, place += channels) {
            floats(x).get(at(x) + place, pixel);
            floats(dy).get(at(dy) + place, upstream);
            for (int c = 0; c < pixel.length; c++) {
                pixel[c] = upstream[c] * ofUpstream[c] + (pixel[c] - origin[c]) * ofInput[c] + constant[c];
            }
            out.put(at(dx) + place, pixel);
        }
    }
}
