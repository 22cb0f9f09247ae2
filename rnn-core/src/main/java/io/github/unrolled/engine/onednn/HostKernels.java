package io.github.unrolled.engine.onednn;

import io.github.unrolled.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Kernels that move data or look into it: copies, tables, the loss on integer targets. Plain Java over arrays and bulk
 * transfers, since their work is small beside the products'.
 */
final class HostKernels {
    private static final int ROWS_IN_SINGLE = 32;

    private HostKernels() {}

    static FloatBuffer floats(Tensor tensor) {
        return ((NativeMemory) tensor.memory()).floats();
    }

    static void copy(Tensor source, Tensor target) {
        floats(target).put(at(target), floats(source), at(source), count(source));
    }

    static void copyColumns(
            Tensor source, int sourceFrom, Tensor target, int targetFrom, int count, boolean accumulate) {
        int rows = source.shape().rows();
        int from = source.shape().columns();
        int to = target.shape().columns();
        float[] row = new float[count];
        float[] sum = new float[count];
        FloatBuffer in = floats(source);
        FloatBuffer out = floats(target);
        for (int r = 0; r < rows; r++) {
            in.get(at(source) + r * from + sourceFrom, row);
            int place = at(target) + r * to + targetFrom;
            if (accumulate) {
                out.get(place, sum);
                add(row, sum);
                out.put(place, sum);
            } else {
                out.put(place, row);
            }
        }
    }

    static void reverse(Tensor source, Tensor target, boolean accumulate) {
        int time = source.shape().dim(0);
        int block = count(source) / time;
        float[] row = new float[block];
        float[] sum = new float[block];
        FloatBuffer in = floats(source);
        FloatBuffer out = floats(target);
        for (int t = 0; t < time; t++) {
            in.get(at(source) + t * block, row);
            int place = at(target) + (time - 1 - t) * block;
            if (accumulate) {
                out.get(place, sum);
                add(row, sum);
                out.put(place, sum);
            } else {
                out.put(place, row);
            }
        }
    }

    /**
     * y[block, c] = Σᵣ x[block, r, c]: in single precision over a few rows, which Java vectorises, and in double over
     * those.
     */
    static void sumRows(Tensor x, Tensor y, int blocks, int rows, int columns) {
        float[] row = new float[columns];
        float[] few = new float[columns];
        double[] sums = new double[columns];
        FloatBuffer in = floats(x);
        int place = at(x);
        for (int block = 0; block < blocks; block++) {
            Arrays.fill(sums, 0);
            for (int r = 0; r < rows; r++, place += columns) {
                in.get(place, row);
                add(row, few);
                if (r % ROWS_IN_SINGLE == ROWS_IN_SINGLE - 1 || r == rows - 1) {
                    for (int c = 0; c < columns; c++) {
                        sums[c] += few[c];
                    }
                    Arrays.fill(few, 0);
                }
            }
            y.memory().write(y.offset() + (long) block * columns, sums, 0, columns);
        }
    }

    static void select(Tensor mask, Tensor a, Tensor b, Tensor target) {
        float[] chosen = mask.toFloats();
        int block = count(a) / chosen.length;
        FloatBuffer out = floats(target);
        for (int r = 0; r < chosen.length; r++) {
            Tensor from = chosen[r] != 0 ? a : b;
            out.put(at(target) + r * block, floats(from), at(from) + r * block, block);
        }
    }

    static void gather(Tensor table, int[] indices, Tensor rows) {
        int columns = table.shape().columns();
        FloatBuffer in = floats(table);
        FloatBuffer out = floats(rows);
        for (int i = 0; i < indices.length; i++) {
            out.put(at(rows) + i * columns, in, at(table) + indices[i] * columns, columns);
        }
    }

    static void scatterAdd(Tensor rows, int[] indices, Tensor table) {
        int columns = table.shape().columns();
        float[] row = new float[columns];
        float[] sum = new float[columns];
        FloatBuffer in = floats(rows);
        FloatBuffer out = floats(table);
        for (int i = 0; i < indices.length; i++) {
            in.get(at(rows) + i * columns, row);
            int place = at(table) + indices[i] * columns;
            out.get(place, sum);
            add(row, sum);
            out.put(place, sum);
        }
    }

    static void oneHot(int[] indices, Tensor rows) {
        rows.memory().fill(rows.offset(), rows.elements(), 0);
        int columns = rows.shape().columns();
        FloatBuffer out = floats(rows);
        for (int i = 0; i < indices.length; i++) {
            out.put(at(rows) + i * columns + indices[i], 1f);
        }
    }

    /** Probabilities hold the softmax of the logits already. */
    static double crossEntropy(Tensor logits, int[] targets, Tensor weights, Tensor probabilities) {
        int columns = logits.shape().columns();
        float[] weight = weights.toFloats();
        FloatBuffer p = floats(probabilities);
        double loss = 0;
        for (int r = 0; r < targets.length; r++) {
            if (weight[r] == 0) {
                continue;
            }
            double ofTarget = p.get(at(probabilities) + r * columns + targets[r]);
            // A probability this small has lost its digits in single precision; the logits have not.
            double nats = ofTarget > 1e-30 || Double.isNaN(ofTarget)
                    ? -Math.log(ofTarget)
                    : negativeLogSoftmax(logits, r, columns, targets[r]);
            loss += weight[r] * nats;
        }
        return loss;
    }

    private static double negativeLogSoftmax(Tensor logits, int row, int columns, int target) {
        float[] values = new float[columns];
        floats(logits).get(at(logits) + row * columns, values);
        double max = Double.NEGATIVE_INFINITY;
        for (float value : values) {
            max = Math.max(max, value);
        }
        double sum = 0;
        for (float value : values) {
            sum += Math.exp(value - max);
        }
        return Math.log(sum) + max - values[target];
    }

    static void crossEntropyBackward(
            Tensor probabilities, int[] targets, Tensor weights, double dLoss, Tensor dLogits, boolean accumulate) {
        int columns = probabilities.shape().columns();
        float[] weight = weights.toFloats();
        float[] row = new float[columns];
        float[] sum = new float[columns];
        FloatBuffer p = floats(probabilities);
        FloatBuffer out = floats(dLogits);
        for (int r = 0; r < weight.length; r++) {
            float factor = (float) (dLoss * weight[r]);
            int place = at(dLogits) + r * columns;
            if (factor == 0) {
                Arrays.fill(row, 0);
            } else {
                p.get(at(probabilities) + r * columns, row);
                row[targets[r]] -= 1;
                for (int j = 0; j < columns; j++) {
                    row[j] *= factor;
                }
            }
            if (accumulate) {
                out.get(place, sum);
                add(row, sum);
                out.put(place, sum);
            } else {
                out.put(place, row);
            }
        }
    }

    private static void add(float[] values, float[] sum) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += values[i];
        }
    }

    static int at(Tensor tensor) {
        return (int) tensor.offset();
    }

    static int count(Tensor tensor) {
        return (int) tensor.elements();
    }
}
