package io.github.unrolled.engine.reference;

import io.github.unrolled.engine.AdamStep;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Binary;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.engine.ImageKernels;
import io.github.unrolled.engine.RecurrentKind;
import io.github.unrolled.engine.RecurrentSequence;
import io.github.unrolled.engine.RecurrentSpec;
import io.github.unrolled.engine.RecurrentWeights;
import io.github.unrolled.engine.Unary;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;

/** Every kernel as its definition says. */
final class ReferenceEngine implements Engine {
    private final ReferenceBackend backend;
    private final int threads;
    private final ImageKernels images = new ReferenceImageKernels();

    ReferenceEngine(ReferenceBackend backend, int threads) {
        this.backend = backend;
        this.threads = threads;
    }

    @Override
    public Backend backend() {
        return backend;
    }

    @Override
    public int threads() {
        return threads;
    }

    // ---- moving

    @Override
    public void copy(Tensor source, Tensor target, boolean accumulate) {
        Elements from = Elements.of(source);
        Elements to = Elements.of(target);
        for (long i = 0; i < source.elements(); i++) {
            to.put(i, from.get(i), accumulate);
        }
    }

    @Override
    public void copyColumns(
            Tensor source, int sourceFrom, Tensor target, int targetFrom, int count, boolean accumulate) {
        Elements from = Elements.of(source);
        Elements to = Elements.of(target);
        for (long r = 0; r < source.shape().rows(); r++) {
            for (int j = 0; j < count; j++) {
                double value = from.get(r * source.shape().columns() + sourceFrom + j);
                to.put(r * target.shape().columns() + targetFrom + j, value, accumulate);
            }
        }
    }

    @Override
    public void reverse(Tensor source, Tensor target, boolean accumulate) {
        int time = source.shape().dim(0);
        Elements from = Elements.of(source);
        Elements to = Elements.of(target);
        for (int t = 0; t < time; t++) {
            long block = source.elements() / time;
            for (long i = 0; i < block; i++) {
                to.put((time - 1 - t) * block + i, from.get(t * block + i), accumulate);
            }
        }
    }

    @Override
    public void select(Tensor mask, Tensor a, Tensor b, Tensor target) {
        Elements chosen = Elements.of(mask);
        Elements left = Elements.of(a);
        Elements right = Elements.of(b);
        Elements to = Elements.of(target);
        long block = mask.elements() == 0 ? 0 : target.elements() / mask.elements();
        for (long i = 0; i < target.elements(); i++) {
            to.set(i, chosen.get(i / block) != 0 ? left.get(i) : right.get(i));
        }
    }

    // ---- element by element

    @Override
    public void unary(Unary op, Tensor x, Tensor y) {
        Elements from = Elements.of(x);
        Elements to = Elements.of(y);
        for (long i = 0; i < x.elements(); i++) {
            double value = from.get(i);
            to.set(
                    i,
                    switch (op) {
                        case TANH -> Math.tanh(value);
                        case SIGMOID -> RecurrentKernels.sigmoid(value);
                        case RELU -> Math.max(0, value);
                        case EXP -> Math.exp(value);
                        case SQRT -> Math.sqrt(value);
                    });
        }
    }

    @Override
    public void unaryBackward(Unary op, Tensor y, Tensor dy, Tensor dx, boolean accumulate) {
        Elements result = Elements.of(y);
        Elements upstream = Elements.of(dy);
        Elements to = Elements.of(dx);
        for (long i = 0; i < y.elements(); i++) {
            double value = result.get(i);
            double derivative = switch (op) {
                case TANH -> 1 - value * value;
                case SIGMOID -> value * (1 - value);
                case RELU -> value > 0 ? 1 : 0;
                case EXP -> value;
                case SQRT -> 0.5 / value;
            };
            to.put(i, upstream.get(i) * derivative, accumulate);
        }
    }

    @Override
    public void binary(Binary op, Tensor a, Tensor b, Tensor y, boolean accumulate) {
        Elements left = Elements.of(a);
        Elements right = Elements.of(b);
        Elements to = Elements.of(y);
        Repetition repetition = new Repetition(a.shape(), b.shape());
        for (long i = 0; i < a.elements(); i++) {
            double p = left.get(i);
            double q = right.get(repetition.index(i));
            double value = switch (op) {
                case ADD -> p + q;
                case SUBTRACT -> p - q;
                case MULTIPLY -> p * q;
            };
            to.put(i, value, accumulate);
        }
    }

    @Override
    public void scale(Tensor x, double factor, double shift, Tensor y, boolean accumulate) {
        Elements from = Elements.of(x);
        Elements to = Elements.of(y);
        for (long i = 0; i < x.elements(); i++) {
            to.put(i, factor * from.get(i) + shift, accumulate);
        }
    }

    @Override
    public void sum(Tensor x, Tensor y, boolean accumulate) {
        double[] sums = new double[Math.toIntExact(y.elements())];
        Elements from = Elements.of(x);
        Repetition repetition = new Repetition(x.shape(), y.shape());
        for (long i = 0; i < x.elements(); i++) {
            sums[repetition.index(i)] += from.get(i);
        }
        Elements to = Elements.of(y);
        for (int i = 0; i < sums.length; i++) {
            to.put(i, sums[i], accumulate);
        }
    }

    /** Where an element of a large tensor finds its partner in a small one that is repeated. */
    private record Repetition(Shape large, Shape small) {
        int index(long position) {
            long rest = position;
            int index = 0;
            int stride = 1;
            for (int axis = large.rank() - 1; axis >= 0; axis--) {
                int coordinate = (int) (rest % large.dim(axis));
                rest /= large.dim(axis);
                int own = axis - (large.rank() - small.rank());
                if (own >= 0) {
                    index += small.dim(own) == 1 ? 0 : coordinate * stride;
                    stride *= small.dim(own);
                }
            }
            return index;
        }
    }

    // ---- products

    @Override
    public void matmul(Tensor a, boolean transposeA, Tensor b, boolean transposeB, Tensor c, boolean accumulate) {
        int m = c.shape().rows();
        int n = c.shape().columns();
        int k = transposeA ? a.shape().rows() : a.shape().columns();
        Elements left = Elements.of(a);
        Elements right = Elements.of(b);
        Elements to = Elements.of(c);
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                double sum = 0;
                for (int p = 0; p < k; p++) {
                    double x = left.get(transposeA ? (long) p * m + i : (long) i * k + p);
                    double y = right.get(transposeB ? (long) j * k + p : (long) p * n + j);
                    sum += x * y;
                }
                to.put((long) i * n + j, sum, accumulate);
            }
        }
    }

    @Override
    public void affine(Tensor x, Tensor weight, Tensor bias, Tensor y) {
        matmul(x, false, weight, false, y, false);
        binary(Binary.ADD, y, bias.reshape(y.shape().columns()), y, false);
    }

    // ---- tables

    @Override
    public void gather(Tensor table, int[] indices, Tensor rows) {
        Elements from = Elements.of(table);
        Elements to = Elements.of(rows);
        int columns = table.shape().columns();
        for (int i = 0; i < indices.length; i++) {
            for (int j = 0; j < columns; j++) {
                to.set((long) i * columns + j, from.get((long) indices[i] * columns + j));
            }
        }
    }

    @Override
    public void scatterAdd(Tensor rows, int[] indices, Tensor table) {
        Elements from = Elements.of(rows);
        Elements to = Elements.of(table);
        int columns = table.shape().columns();
        for (int i = 0; i < indices.length; i++) {
            for (int j = 0; j < columns; j++) {
                to.add((long) indices[i] * columns + j, from.get((long) i * columns + j));
            }
        }
    }

    @Override
    public void oneHot(int[] indices, Tensor rows) {
        Elements to = Elements.of(rows);
        int columns = rows.shape().columns();
        for (int i = 0; i < indices.length; i++) {
            for (int j = 0; j < columns; j++) {
                to.set((long) i * columns + j, j == indices[i] ? 1 : 0);
            }
        }
    }

    // ---- normalisation and losses

    @Override
    public void layerNorm(Tensor x, Tensor gain, Tensor bias, double epsilon, Tensor y, Tensor statistics) {
        LayerNormKernel.forward(x, gain, bias, epsilon, y, statistics);
    }

    @Override
    public void layerNormBackward(
            Tensor x,
            Tensor gain,
            double epsilon,
            Tensor statistics,
            Tensor dy,
            Tensor dx,
            Tensor dGain,
            Tensor dBias) {
        LayerNormKernel.backward(x, gain, epsilon, statistics, dy, dx, dGain, dBias);
    }

    @Override
    public void softmax(Tensor x, Tensor y) {
        SoftmaxKernel.softmax(x, y);
    }

    @Override
    public void softmaxCrossEntropy(Tensor logits, int[] targets, Tensor weights, Tensor probabilities, Tensor loss) {
        SoftmaxKernel.crossEntropy(logits, targets, weights, probabilities, loss);
    }

    @Override
    public void softmaxCrossEntropyBackward(
            Tensor probabilities, int[] targets, Tensor weights, Tensor dLoss, Tensor dLogits, boolean accumulate) {
        SoftmaxKernel.crossEntropyBackward(probabilities, targets, weights, dLoss.scalar(), dLogits, accumulate);
    }

    // ---- recurrent layers

    @Override
    public boolean fuses(RecurrentKind kind, int inputSize, int hiddenSize) {
        return true;
    }

    @Override
    public Shape recurrentWorkspace(RecurrentSpec spec) {
        return RecurrentKernels.workspace(spec);
    }

    @Override
    public void recurrentForward(
            RecurrentSpec spec,
            RecurrentSequence in,
            RecurrentWeights weights,
            RecurrentSequence out,
            Tensor workspace) {
        if (spec.time() == 0 || spec.batch() == 0) {
            RecurrentKernels.passStates(in.states(), out.states());
            return;
        }
        new RecurrentKernels(spec, weights).forward(in, out, Elements.of(workspace));
    }

    @Override
    public void recurrentBackward(
            RecurrentSpec spec,
            RecurrentSequence in,
            RecurrentWeights weights,
            RecurrentSequence out,
            Tensor workspace,
            RecurrentSequence dOut,
            RecurrentSequence dIn,
            RecurrentWeights dWeights) {
        if (spec.time() == 0 || spec.batch() == 0) {
            RecurrentKernels.passStates(dOut.states(), dIn.states());
            return;
        }
        new RecurrentKernels(spec, weights).backward(in, out, Elements.of(workspace), dOut, dIn, dWeights);
    }

    // ---- images

    @Override
    public ImageKernels images() {
        return images;
    }

    // ---- optimisers

    @Override
    public double sumOfSquares(Tensor x) {
        Elements from = Elements.of(x);
        double sum = 0;
        for (long i = 0; i < x.elements(); i++) {
            sum += from.get(i) * from.get(i);
        }
        return sum;
    }

    @Override
    public void adamW(Tensor gradient, AdamStep step, Tensor value, Tensor firstMoment, Tensor secondMoment) {
        Elements g = Elements.of(gradient);
        Elements p = Elements.of(value);
        Elements m = Elements.of(firstMoment);
        Elements v = Elements.of(secondMoment);
        for (long i = 0; i < value.elements(); i++) {
            double scaled = g.get(i) * step.gradientScale();
            double first = step.beta1() * m.get(i) + (1 - step.beta1()) * scaled;
            double second = step.beta2() * v.get(i) + (1 - step.beta2()) * scaled * scaled;
            m.set(i, first);
            v.set(i, second);
            double move = first / step.correction1() / (Math.sqrt(second / step.correction2()) + step.epsilon());
            p.set(i, p.get(i) * (1 - step.rate() * step.weightDecay()) - step.rate() * move);
        }
        value.modified();
    }

    @Override
    public void sgd(
            Tensor gradient,
            double rate,
            double momentum,
            double weightDecay,
            double gradientScale,
            Tensor value,
            Tensor velocity) {
        Elements g = Elements.of(gradient);
        Elements p = Elements.of(value);
        Elements v = Elements.of(velocity);
        for (long i = 0; i < value.elements(); i++) {
            double move = momentum * v.get(i) + gradientScale * g.get(i) + weightDecay * p.get(i);
            v.set(i, move);
            p.set(i, p.get(i) - rate * move);
        }
        value.modified();
    }

    @Override
    public void average(Tensor value, double weight, Tensor average) {
        Elements p = Elements.of(value);
        Elements mean = Elements.of(average);
        for (long i = 0; i < value.elements(); i++) {
            mean.set(i, mean.get(i) + weight * (p.get(i) - mean.get(i)));
        }
        average.modified();
    }

    @Override
    public void close() {
        // Nothing is cached.
    }
}
