package io.github.unrolled.engine.reference;

import io.github.unrolled.engine.RecurrentKind;
import io.github.unrolled.engine.RecurrentSequence;
import io.github.unrolled.engine.RecurrentSpec;
import io.github.unrolled.engine.RecurrentWeights;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;
import java.util.List;

/**
 * The fused recurrent kernels, one step and one sequence of the batch after the other, by the formulas of
 * {@link RecurrentKind}. The workspace holds for every step and sequence the gates after their functions, and one more
 * vector: tanh(c') of the LSTM, h Uₒ + b' of the GRU with reset after.
 */
final class RecurrentKernels {
    private final RecurrentSpec spec;
    private final RecurrentKind kind;
    private final int hidden;
    private final int gates;
    private final Elements wx;
    private final Elements wh;
    private final Elements bias;

    RecurrentKernels(RecurrentSpec spec, RecurrentWeights weights) {
        this.spec = spec;
        this.kind = spec.kind();
        this.hidden = spec.hiddenSize();
        this.gates = kind.gates();
        this.wx = Elements.of(weights.input());
        this.wh = Elements.of(weights.hidden());
        this.bias = Elements.of(weights.bias());
    }

    /** For every step and sequence: the gates, the extra vector and c'; nothing for inference. */
    static Shape workspace(RecurrentSpec spec) {
        if (!spec.training()) {
            return Shape.of(0);
        }
        return Shape.of(spec.time(), spec.batch(), (spec.kind().gates() + 2) * spec.hiddenSize());
    }

    private long place(int t, int b) {
        return ((long) t * spec.batch() + b) * (gates + 2) * hidden;
    }

    void forward(RecurrentSequence in, RecurrentSequence out, Elements work) {
        Elements x = Elements.of(in.sequence());
        Elements y = Elements.of(out.sequence());
        for (int b = 0; b < spec.batch(); b++) {
            double[] h = row(in.states().get(0), b);
            double[] c = kind == RecurrentKind.LSTM ? row(in.states().get(1), b) : new double[hidden];
            for (int t = 0; t < spec.time(); t++) {
                double[] input = input(x, t, b);
                double[][] values = step(input, h, c);
                h = values[gates + 2];
                c = values[gates + 1];
                for (int k = 0; spec.training() && k < gates + 2; k++) {
                    for (int j = 0; j < hidden; j++) {
                        work.set(place(t, b) + (long) k * hidden + j, values[k][j]);
                    }
                }
                for (int j = 0; j < hidden; j++) {
                    y.set(((long) t * spec.batch() + b) * hidden + j, h[j]);
                }
            }
            setRow(out.states().get(0), b, h);
            if (kind == RecurrentKind.LSTM) {
                setRow(out.states().get(1), b, c);
            }
        }
    }

    /** The gates, the extra vector, c' and h' of one step. */
    private double[][] step(double[] x, double[] h, double[] c) {
        double[][] v = new double[gates + 3][hidden];
        for (int k = 0; k < gates; k++) {
            boolean candidateOfGru = gates == 3 && k == 2;
            for (int j = 0; j < hidden; j++) {
                double fromInput = bias.get((long) k * hidden + j) + dot(x, wx, k, j);
                if (!candidateOfGru) {
                    v[k][j] = fromInput + dot(h, wh, k, j);
                } else if (kind == RecurrentKind.GRU_RESET_AFTER) {
                    v[3][j] = bias.get(3L * hidden + j) + dot(h, wh, k, j);
                    v[k][j] = fromInput + sigmoid(v[1][j]) * v[3][j];
                } else {
                    double product = 0;
                    for (int i = 0; i < hidden; i++) {
                        product += sigmoid(v[1][i]) * h[i] * wh.get((long) i * gates * hidden + 2L * hidden + j);
                    }
                    v[k][j] = fromInput + product;
                }
            }
        }
        double[] next = v[gates + 2];
        for (int j = 0; j < hidden; j++) {
            switch (kind) {
                case RNN_TANH -> next[j] = v[0][j] = Math.tanh(v[0][j]);
                case RNN_RELU -> next[j] = v[0][j] = Math.max(0, v[0][j]);
                case LSTM -> {
                    v[0][j] = sigmoid(v[0][j]);
                    v[1][j] = sigmoid(v[1][j]);
                    v[2][j] = Math.tanh(v[2][j]);
                    v[3][j] = sigmoid(v[3][j]);
                    v[5][j] = v[1][j] * c[j] + v[0][j] * v[2][j];
                    v[4][j] = Math.tanh(v[5][j]);
                    next[j] = v[3][j] * v[4][j];
                }
                case GRU_RESET_BEFORE, GRU_RESET_AFTER -> {
                    v[0][j] = sigmoid(v[0][j]);
                    v[1][j] = sigmoid(v[1][j]);
                    v[2][j] = Math.tanh(v[2][j]);
                    next[j] = v[0][j] * h[j] + (1 - v[0][j]) * v[2][j];
                }
            }
        }
        return v;
    }

    void backward(
            RecurrentSequence in,
            RecurrentSequence out,
            Elements work,
            RecurrentSequence dOut,
            RecurrentSequence dIn,
            RecurrentWeights dWeights) {
        Elements x = Elements.of(in.sequence());
        Elements y = Elements.of(out.sequence());
        Elements dy = Elements.of(dOut.sequence());
        Elements dx = Elements.of(dIn.sequence());
        for (int b = 0; b < spec.batch(); b++) {
            double[] dh = row(dOut.states().get(0), b);
            double[] dc = kind == RecurrentKind.LSTM ? row(dOut.states().get(1), b) : new double[hidden];
            for (int t = spec.time() - 1; t >= 0; t--) {
                double[] h =
                        t == 0 ? row(in.states().get(0), b) : vector(y, ((long) (t - 1) * spec.batch() + b) * hidden);
                double[] c = new double[hidden];
                if (kind == RecurrentKind.LSTM) {
                    c = t == 0 ? row(in.states().get(1), b) : vector(work, place(t - 1, b) + (gates + 1L) * hidden);
                }
                for (int j = 0; j < hidden; j++) {
                    dh[j] += dy.get(((long) t * spec.batch() + b) * hidden + j);
                }
                dh = stepBackward(input(x, t, b), h, c, place(t, b), work, dh, dc, dx, t, b, dWeights);
            }
            setRow(dIn.states().get(0), b, dh);
            if (kind == RecurrentKind.LSTM) {
                setRow(dIn.states().get(1), b, dc);
            }
        }
    }

    /** Returns the gradient of h; dc is replaced by the gradient of c. */
    private double[] stepBackward(
            double[] x,
            double[] h,
            double[] c,
            long place,
            Elements work,
            double[] dh,
            double[] dc,
            Elements dx,
            int t,
            int b,
            RecurrentWeights dWeights) {
        // Gradients before the gates' functions, as seen from x and b, and as seen from h; they differ in GRU
        // candidates.
        double[][] fromInput = new double[gates][hidden];
        double[][] fromHidden = new double[gates][hidden];
        double[] dPrevious = new double[hidden];
        double[][] v = new double[gates + 1][];
        for (int k = 0; k <= gates; k++) {
            v[k] = vector(work, place + (long) k * hidden);
        }
        double[] resetState = h;
        for (int j = 0; j < hidden; j++) {
            switch (kind) {
                case RNN_TANH -> fromInput[0][j] = dh[j] * (1 - v[0][j] * v[0][j]);
                case RNN_RELU -> fromInput[0][j] = v[0][j] > 0 ? dh[j] : 0;
                case LSTM -> {
                    double total = dc[j] + dh[j] * v[3][j] * (1 - v[4][j] * v[4][j]);
                    fromInput[0][j] = total * v[2][j] * v[0][j] * (1 - v[0][j]);
                    fromInput[1][j] = total * c[j] * v[1][j] * (1 - v[1][j]);
                    fromInput[2][j] = total * v[0][j] * (1 - v[2][j] * v[2][j]);
                    fromInput[3][j] = dh[j] * v[4][j] * v[3][j] * (1 - v[3][j]);
                    dc[j] = total * v[1][j];
                }
                case GRU_RESET_BEFORE, GRU_RESET_AFTER -> {
                    fromInput[0][j] = dh[j] * (h[j] - v[2][j]) * v[0][j] * (1 - v[0][j]);
                    fromInput[2][j] = dh[j] * (1 - v[0][j]) * (1 - v[2][j] * v[2][j]);
                    dPrevious[j] += dh[j] * v[0][j];
                }
            }
        }
        for (int k = 0; k < gates; k++) {
            fromHidden[k] = fromInput[k];
        }
        if (kind == RecurrentKind.GRU_RESET_AFTER) {
            fromHidden[2] = new double[hidden];
            for (int j = 0; j < hidden; j++) {
                fromInput[1][j] = fromInput[2][j] * v[3][j] * v[1][j] * (1 - v[1][j]);
                fromHidden[2][j] = fromInput[2][j] * v[1][j];
                Elements.of(dWeights.bias()).add(3L * hidden + j, fromHidden[2][j]);
            }
        } else if (kind == RecurrentKind.GRU_RESET_BEFORE) {
            resetState = new double[hidden];
            for (int i = 0; i < hidden; i++) {
                double product = 0;
                for (int j = 0; j < hidden; j++) {
                    product += fromInput[2][j] * wh.get((long) i * gates * hidden + 2L * hidden + j);
                }
                fromInput[1][i] = product * h[i] * v[1][i] * (1 - v[1][i]);
                dPrevious[i] += product * v[1][i];
                resetState[i] = v[1][i] * h[i];
            }
        }
        accumulate(x, h, resetState, fromInput, fromHidden, dx, t, b, dWeights, dPrevious);
        return dPrevious;
    }

    private void accumulate(
            double[] x,
            double[] h,
            double[] resetState,
            double[][] fromInput,
            double[][] fromHidden,
            Elements dx,
            int t,
            int b,
            RecurrentWeights dWeights,
            double[] dPrevious) {
        Elements dWx = Elements.of(dWeights.input());
        Elements dWh = Elements.of(dWeights.hidden());
        Elements dBias = Elements.of(dWeights.bias());
        double[] dInput = new double[spec.inputSize()];
        for (int k = 0; k < gates; k++) {
            boolean resetBefore = kind == RecurrentKind.GRU_RESET_BEFORE && k == 2;
            double[] state = resetBefore ? resetState : h;
            for (int j = 0; j < hidden; j++) {
                long column = (long) k * hidden + j;
                dBias.add(column, fromInput[k][j]);
                for (int i = 0; i < x.length; i++) {
                    dWx.add((long) i * gates * hidden + column, x[i] * fromInput[k][j]);
                    dInput[i] += wx.get((long) i * gates * hidden + column) * fromInput[k][j];
                }
                for (int i = 0; i < hidden; i++) {
                    dWh.add((long) i * gates * hidden + column, state[i] * fromHidden[k][j]);
                    if (!resetBefore) {
                        dPrevious[i] += wh.get((long) i * gates * hidden + column) * fromHidden[k][j];
                    }
                }
            }
        }
        for (int i = 0; i < dInput.length; i++) {
            dx.set(((long) t * spec.batch() + b) * spec.inputSize() + i, dInput[i]);
        }
    }

    private double dot(double[] vector, Elements weights, int gate, int unit) {
        double sum = 0;
        for (int i = 0; i < vector.length; i++) {
            sum += vector[i] * weights.get((long) i * gates * hidden + (long) gate * hidden + unit);
        }
        return sum;
    }

    private double[] input(Elements x, int t, int b) {
        double[] values = new double[spec.inputSize()];
        for (int i = 0; i < values.length; i++) {
            values[i] = x.get(((long) t * spec.batch() + b) * values.length + i);
        }
        return values;
    }

    private double[] vector(Elements elements, long from) {
        double[] values = new double[hidden];
        for (int i = 0; i < hidden; i++) {
            values[i] = elements.get(from + i);
        }
        return values;
    }

    private double[] row(Tensor state, int b) {
        return vector(Elements.of(state), (long) b * hidden);
    }

    private void setRow(Tensor state, int b, double[] values) {
        Elements elements = Elements.of(state);
        for (int j = 0; j < hidden; j++) {
            elements.set((long) b * hidden + j, values[j]);
        }
    }

    static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /** Copies states through a sequence without steps. */
    static void passStates(List<Tensor> from, List<Tensor> to) {
        for (int i = 0; i < from.size(); i++) {
            to.get(i).set(from.get(i).toDoubles());
        }
    }
}
