package io.github.unrolled.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_sgemm;

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
import org.bytedeco.javacpp.FloatPointer;

/** The kernels on oneDNN, for one thread of the program. */
final class OnednnEngine implements Engine {
    private final OnednnBackend backend;
    private final int threads;
    private final Context context;
    private final Team team;
    private final Elementwise elementwise;
    private final Normalization normalization;
    private final ImageKernels images;
    private final OptimizerKernels optimizers = new OptimizerKernels();

    OnednnEngine(OnednnBackend backend, int threads) {
        this.backend = backend;
        this.threads = threads;
        OpenMp.setThreads(threads);
        this.context = new Context(backend);
        this.team = new Team(threads);
        this.elementwise = new Elementwise(context);
        this.normalization = new Normalization(context);
        this.images = new OnednnImageKernels(context, team, elementwise);
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
        if (source.elements() == 0) {
            return;
        }
        if (accumulate) {
            elementwise.add(source, target);
        } else {
            HostKernels.copy(source, target);
        }
    }

    @Override
    public void copyColumns(
            Tensor source, int sourceFrom, Tensor target, int targetFrom, int count, boolean accumulate) {
        HostKernels.copyColumns(source, sourceFrom, target, targetFrom, count, accumulate);
    }

    @Override
    public void reverse(Tensor source, Tensor target, boolean accumulate) {
        if (source.elements() > 0) {
            HostKernels.reverse(source, target, accumulate);
        }
    }

    @Override
    public void select(Tensor mask, Tensor a, Tensor b, Tensor target) {
        if (target.elements() > 0) {
            HostKernels.select(mask, a, b, target);
        }
    }

    // ---- element by element

    @Override
    public void unary(Unary op, Tensor x, Tensor y) {
        context.checkThread();
        if (x.elements() > 0) {
            elementwise.unary(op, x, y);
        }
    }

    @Override
    public void unaryBackward(Unary op, Tensor y, Tensor dy, Tensor dx, boolean accumulate) {
        context.checkThread();
        if (y.elements() > 0) {
            Tensor result = accumulate ? context.scratch(dx.shape()) : dx;
            elementwise.unaryBackward(op, y, dy, result);
            addIf(accumulate, result, dx);
        }
    }

    @Override
    public void binary(Binary op, Tensor a, Tensor b, Tensor y, boolean accumulate) {
        context.checkThread();
        if (a.elements() > 0) {
            Tensor result = accumulate ? context.scratch(y.shape()) : y;
            elementwise.binary(op, a, b, result);
            addIf(accumulate, result, y);
        }
    }

    @Override
    public void scale(Tensor x, double factor, double shift, Tensor y, boolean accumulate) {
        context.checkThread();
        if (x.elements() > 0) {
            Tensor result = accumulate ? context.scratch(y.shape()) : y;
            elementwise.scale(x, factor, shift, result);
            addIf(accumulate, result, y);
        }
    }

    @Override
    public void sum(Tensor x, Tensor y, boolean accumulate) {
        context.checkThread();
        if (x.elements() == 0) {
            if (!accumulate) {
                y.memory().fill(y.offset(), y.elements(), 0);
            }
            return;
        }
        Tensor result = accumulate ? context.scratch(y.shape()) : y;
        elementwise.sum(x, result);
        addIf(accumulate, result, y);
    }

    private void addIf(boolean accumulate, Tensor result, Tensor target) {
        if (accumulate) {
            elementwise.add(result, target);
        }
    }

    // ---- products

    @Override
    public void matmul(Tensor a, boolean transposeA, Tensor b, boolean transposeB, Tensor c, boolean accumulate) {
        context.checkThread();
        long m = c.shape().rows();
        long n = c.shape().columns();
        long k = transposeA ? a.shape().rows() : a.shape().columns();
        if (m == 0 || n == 0) {
            return;
        }
        if (k == 0) {
            if (!accumulate) {
                c.memory().fill(c.offset(), c.elements(), 0);
            }
            return;
        }
        Dnnl.check(
                dnnl_sgemm(
                        (byte) (transposeA ? 'T' : 'N'),
                        (byte) (transposeB ? 'T' : 'N'),
                        m,
                        n,
                        k,
                        1f,
                        pointer(a),
                        a.shape().columns(),
                        pointer(b),
                        b.shape().columns(),
                        accumulate ? 1f : 0f,
                        pointer(c),
                        n),
                "a matrix product");
    }

    private static FloatPointer pointer(Tensor tensor) {
        NativeMemory memory = (NativeMemory) tensor.memory();
        return new FloatPointer(new NativeMemory.Raw(memory.address(tensor.offset())));
    }

    @Override
    public void affine(Tensor x, Tensor weight, Tensor bias, Tensor y) {
        matmul(x, false, weight, false, y, false);
        int columns = y.shape().columns();
        binary(Binary.ADD, y, bias.reshape(columns), y, false);
    }

    // ---- tables

    @Override
    public void gather(Tensor table, int[] indices, Tensor rows) {
        HostKernels.gather(table, indices, rows);
    }

    @Override
    public void scatterAdd(Tensor rows, int[] indices, Tensor table) {
        HostKernels.scatterAdd(rows, indices, table);
    }

    @Override
    public void oneHot(int[] indices, Tensor rows) {
        HostKernels.oneHot(indices, rows);
    }

    // ---- normalisation and losses

    @Override
    public void layerNorm(Tensor x, Tensor gain, Tensor bias, double epsilon, Tensor y, Tensor statistics) {
        context.checkThread();
        if (x.elements() > 0) {
            normalization.layerNorm(x, gain, bias, epsilon, y, statistics);
        }
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
        context.checkThread();
        if (x.elements() == 0) {
            return;
        }
        Tensor ofGainAndBias = context.scratch(Shape.of(2, x.shape().columns()));
        normalization.layerNormBackward(x, gain, epsilon, statistics, dy, dx, ofGainAndBias);
        elementwise.add(ofGainAndBias.step(0), dGain);
        elementwise.add(ofGainAndBias.step(1), dBias);
    }

    @Override
    public void softmax(Tensor x, Tensor y) {
        context.checkThread();
        if (x.elements() > 0) {
            normalization.softmax(x, y);
        }
    }

    @Override
    public void softmaxCrossEntropy(Tensor logits, int[] targets, Tensor weights, Tensor probabilities, Tensor loss) {
        softmax(logits, probabilities);
        double total = logits.elements() == 0 ? 0 : HostKernels.crossEntropy(logits, targets, weights, probabilities);
        loss.memory().fill(loss.offset(), 1, total);
    }

    @Override
    public void softmaxCrossEntropyBackward(
            Tensor probabilities, int[] targets, Tensor weights, Tensor dLoss, Tensor dLogits, boolean accumulate) {
        if (probabilities.elements() > 0) {
            HostKernels.crossEntropyBackward(probabilities, targets, weights, dLoss.scalar(), dLogits, accumulate);
        }
    }

    // ---- recurrent layers

    /**
     * oneDNN 3.11 lays out the scratch memory of this cell's backward pass for rows of the hidden size but steps through
     * it in rows as wide as the input: with more inputs than units it writes past the end.
     */
    @Override
    public boolean fuses(RecurrentKind kind, int inputSize, int hiddenSize) {
        return kind != RecurrentKind.GRU_RESET_BEFORE || inputSize <= hiddenSize;
    }

    @Override
    public Shape recurrentWorkspace(RecurrentSpec spec) {
        context.checkThread();
        if (!spec.training() || isEmpty(spec)) {
            return Shape.of(0);
        }
        return Shape.of(Math.toIntExact(layer(spec, 0).workspaceElements()));
    }

    @Override
    public void recurrentForward(
            RecurrentSpec spec,
            RecurrentSequence in,
            RecurrentWeights weights,
            RecurrentSequence out,
            Tensor workspace) {
        context.checkThread();
        if (isEmpty(spec)) {
            for (int i = 0; i < in.states().size(); i++) {
                copy(in.states().get(i), out.states().get(i), false);
            }
            return;
        }
        // Inference keeps a layer per weights, so that they stay packed from one step to the next; weights that end
        // with a step have nothing to keep.
        boolean kept = !spec.training() && weights.input().isPersistent();
        int identity = kept ? System.identityHashCode(weights.input()) : 0;
        layer(spec, identity).forward(in, weights, out, workspace);
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
        context.checkThread();
        if (isEmpty(spec)) {
            for (int i = 0; i < dOut.states().size(); i++) {
                copy(dOut.states().get(i), dIn.states().get(i), false);
            }
            return;
        }
        layer(spec, 0).backward(in, weights, out, workspace, dOut, dIn, dWeights);
    }

    private static boolean isEmpty(RecurrentSpec spec) {
        return spec.time() == 0 || spec.batch() == 0;
    }

    private RecurrentLayer layer(RecurrentSpec spec, int weights) {
        return context.cache.get(
                new RecurrentKey(spec, weights), RecurrentLayer.class, () -> new RecurrentLayer(context, spec));
    }

    // ---- images

    @Override
    public ImageKernels images() {
        return images;
    }

    // ---- optimisers

    @Override
    public double sumOfSquares(Tensor x) {
        return optimizers.sumOfSquares(x);
    }

    @Override
    public void adamW(Tensor gradient, AdamStep step, Tensor value, Tensor firstMoment, Tensor secondMoment) {
        optimizers.adamW(gradient, step, value, firstMoment, secondMoment);
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
        optimizers.sgd(gradient, rate, momentum, weightDecay, gradientScale, value, velocity);
        value.modified();
    }

    @Override
    public void average(Tensor value, double weight, Tensor average) {
        optimizers.average(value, weight, average);
        average.modified();
    }

    @Override
    public void close() {
        context.close();
        team.close();
    }
}
