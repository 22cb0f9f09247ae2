package io.github.unrolled.dl4j;

import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.engine.Binary;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.nn.Linear;
import io.github.unrolled.random.Seed;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.ShapeException;
import io.github.unrolled.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseOutputLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Linear, softmax and cross-entropy at every step inside Deeplearning4j. */
final class TapeSoftmaxOutputLayer extends BaseOutputLayer<UnrolledSoftmaxOutput> {
    private static final long serialVersionUID = 1L;

    private final transient Executions<Linear> executions;

    /** The losses of the backward pass just made, for the score that is asked for next; empty once the input is another. */
    private transient double[] losses = {};

    TapeSoftmaxOutputLayer(NeuralNetConfiguration conf, DataType dataType) {
        super(conf, dataType);
        int in = Math.toIntExact(layerConf().getNIn());
        int out = Math.toIntExact(layerConf().getNOut());
        int threads = layerConf().getThreads();
        this.executions =
                new Executions<>(this, flat -> new Execution<>(flat, threads, p -> Linear.create(p, in, out)));
    }

    /** Parameters lie in C order here, where Deeplearning4j expects Fortran order. */
    @Override
    public void setParams(INDArray params) {
        if (params != paramsFlattened) {
            setParams(params, 'c');
        }
    }

    @Override
    public void setInput(INDArray input, LayerWorkspaceMgr workspaceMgr) {
        super.setInput(input, workspaceMgr);
        losses = new double[0];
    }

    @Override
    public void setLabels(INDArray labels) {
        super.setLabels(labels);
        losses = new double[0];
    }

    private RNNFormat format() {
        return layerConf().getRnnDataFormat();
    }

    /** Logits and probabilities, {@code [time, batch, nOut]}. */
    private record Prediction(Tape tape, Variable x, Variable logits, Tensor probabilities) {}

    private Prediction predict(Execution<Linear> execution, boolean training, LayerWorkspaceMgr workspaceMgr) {
        requireSequence("input", input, layerConf().getNIn());
        applyDropOutIfNecessary(training, workspaceMgr);
        Tape tape = execution.begin(training, new Seed(0));
        Variable x = tape.source(SequenceLayout.toTensor(tape, input, format()));
        Variable logits = execution.module().apply(x);
        Tensor probabilities = tape.allocate(logits.shape());
        execution.engine().softmax(logits.value(), probabilities);
        return new Prediction(tape, x, logits, probabilities);
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaceMgr) {
        assertInputSet(false);
        Execution<Linear> execution = executions.get(paramsFlattened);
        Prediction prediction = predict(execution, training, workspaceMgr);
        Tensor shown = masked(prediction, prediction.probabilities);
        return SequenceLayout.toArray(execution.engine(), shown, format(), ArrayType.ACTIVATIONS, workspaceMgr);
    }

    /** The loss needs no gradient from above. */
    @Override
    public Pair<Gradient, INDArray> backpropGradient(@Nullable INDArray epsilon, LayerWorkspaceMgr workspaceMgr) {
        assertInputSet(true);
        Execution<Linear> execution = executions.get(paramsFlattened);
        Engine engine = execution.engine();
        Prediction prediction = predict(execution, true, workspaceMgr);
        Tensor wanted = wanted(prediction);
        losses = losses(prediction, wanted);

        // d loss / d logits = p · Σ y - y, and Σ y is 1 for classes.
        Tensor sums = prediction.tape.allocate(wanted.shape().withColumns(1));
        engine.sum(wanted, sums, false);
        Tensor difference = prediction.tape.allocate(wanted.shape());
        engine.binary(Binary.MULTIPLY, prediction.probabilities, sums, difference, false);
        engine.binary(Binary.SUBTRACT, difference, wanted, difference, false);
        Gradient gradient = execution.playBackward(
                List.of(prediction.logits), List.of(masked(prediction, difference)), gradientViews);
        INDArray dx = SequenceLayout.toArray(
                engine, prediction.x.gradient(), format(), ArrayType.ACTIVATION_GRAD, workspaceMgr);
        return new Pair<>(gradient, backpropDropOutIfPresent(dx));
    }

    private Tensor wanted(Prediction prediction) {
        requireSequence("labels", labels, layerConf().getNOut());
        Tensor wanted = SequenceLayout.toTensor(prediction.tape, labels, format());
        if (!wanted.shape().equals(prediction.logits.shape())) {
            throw new ShapeException(name() + ": labels " + Arrays.toString(labels.shape()) + " do not fit the input "
                    + Arrays.toString(input.shape()) + "; batch and time must be equal");
        }
        return wanted;
    }

    /** Rows of zeros where the labels' mask hides a step; the tensor itself without a mask. */
    private Tensor masked(Prediction prediction, Tensor sequence) {
        INDArray present = maskArray;
        if (present == null) {
            return sequence;
        }
        Tensor result = prediction.tape.allocate(sequence.shape());
        Tensor mask = prediction.tape.allocate(sequence.shape().withColumns(1));
        mask.set(mask(present, sequence.shape()));
        prediction.tape.engine().binary(Binary.MULTIPLY, sequence, mask, result, false);
        return result;
    }

    private double[] mask(INDArray present, Shape sequence) {
        if (present.rank() != 2 || present.size(0) != sequence.dim(1) || present.size(1) != sequence.dim(0)) {
            throw new ShapeException(name() + ": the mask of the labels is " + Arrays.toString(present.shape())
                    + ", expected [batch, time] = [" + sequence.dim(1) + ", " + sequence.dim(0)
                    + "]; masks of single outputs need Deeplearning4j's RnnOutputLayer");
        }
        return NDArrays.values(present.permute(1, 0));
    }

    private void requireSequence(String what, INDArray sequence, long features) {
        int axis = format() == RNNFormat.NWC ? 2 : 1;
        if (sequence.rank() != 3 || sequence.size(axis) != features) {
            throw new ShapeException(name() + ": the " + what + " are " + Arrays.toString(sequence.shape())
                    + ", expected " + features + " features on axis " + axis + " of three (dataFormat = " + format()
                    + ")");
        }
    }

    private String name() {
        return "UnrolledSoftmaxOutput \"" + layerConf().getLayerName() + "\"";
    }

    /** - Σ y ln p of each step, {@code [time, batch]}, 0 where the mask hides it. */
    private double[] losses(Prediction prediction, Tensor wanted) {
        double[] p = prediction.probabilities.toDoubles();
        double[] y = wanted.toDoubles();
        int classes = wanted.shape().columns();
        double[] each = new double[wanted.shape().rows()];
        for (int i = 0; i < y.length; i++) {
            if (y[i] != 0) {
                each[i / classes] -= y[i] * Math.log(Math.max(p[i], Double.MIN_NORMAL));
            }
        }
        INDArray present = maskArray;
        if (present != null) {
            double[] real = mask(present, wanted.shape());
            for (int i = 0; i < each.length; i++) {
                each[i] *= real[i];
            }
        }
        return each;
    }

    private double[] losses(boolean training, LayerWorkspaceMgr workspaceMgr) {
        if (losses.length > 0) {
            return losses;
        }
        if (input == null || labels == null) {
            throw new IllegalStateException(name() + " has no input or no labels to compute a score from");
        }
        Prediction prediction = predict(executions.get(paramsFlattened), training, workspaceMgr);
        return losses(prediction, wanted(prediction));
    }

    @Override
    public double computeScore(double fullNetRegTerm, boolean training, LayerWorkspaceMgr workspaceMgr) {
        double sum = 0;
        for (double each : losses(training, workspaceMgr)) {
            sum += each;
        }
        score = (conf().isMiniBatch() ? sum / getInputMiniBatchSize() : sum) + fullNetRegTerm;
        return score;
    }

    @Override
    public INDArray computeScoreForExamples(double fullNetRegTerm, LayerWorkspaceMgr workspaceMgr) {
        double[] each = losses(false, workspaceMgr);
        int batch = getInputMiniBatchSize();
        double[] sums = new double[batch];
        for (int i = 0; i < each.length; i++) {
            sums[i % batch] += each[i];
        }
        INDArray scores = Nd4j.createFromArray(sums).reshape(batch, 1).addi(fullNetRegTerm);
        return workspaceMgr.leverageTo(ArrayType.ACTIVATIONS, scores.castTo(dataType));
    }

    @Override
    protected INDArray getLabels2d(LayerWorkspaceMgr workspaceMgr, ArrayType arrayType) {
        return labels;
    }

    @Override
    public Type type() {
        return Type.RECURRENT;
    }
}
