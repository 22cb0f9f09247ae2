package io.github.unrolled.dl4j;

import io.github.unrolled.autodiff.Ops;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.nn.Embedding;
import io.github.unrolled.random.Seed;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.ShapeException;
import io.github.unrolled.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An embedding of tokens inside Deeplearning4j. */
final class TapeEmbeddingLayer extends BaseLayer<UnrolledEmbedding> {
    private static final long serialVersionUID = 1L;

    private final transient Executions<Embedding> executions;

    TapeEmbeddingLayer(NeuralNetConfiguration conf, DataType dataType) {
        super(conf, dataType);
        int vocabulary = Math.toIntExact(layerConf().getNIn());
        int features = Math.toIntExact(layerConf().getNOut());
        this.executions = new Executions<>(
                this,
                flat -> new Execution<>(flat, 1, parameters -> Embedding.create(parameters, vocabulary, features)));
    }

    /** Parameters lie in C order here, where Deeplearning4j expects Fortran order. */
    @Override
    public void setParams(INDArray params) {
        if (params != paramsFlattened) {
            setParams(params, 'c');
        }
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaceMgr) {
        assertInputSet(false);
        Execution<Embedding> execution = executions.get(paramsFlattened);
        Variable rows = lookUp(execution, training);
        return SequenceLayout.toArray(
                execution.engine(), rows.value(), RNNFormat.NCW, ArrayType.ACTIVATIONS, workspaceMgr);
    }

    private Variable lookUp(Execution<Embedding> execution, boolean training) {
        Tape tape = execution.begin(training, new Seed(0));
        INDArray ids = tokens();
        int batch = (int) ids.size(0);
        int time = (int) ids.size(1);
        double[] real = real(batch, time);
        int[] tokens = new int[batch * time];
        double[] values = NDArrays.values(ids.permute(1, 0));
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = real.length > 0 && real[i] == 0 ? 0 : token(values[i], i % batch, i / batch);
        }
        Variable rows = execution.module().lookUp(tape, tokens, time);
        if (real.length > 0) {
            Tensor mask = tape.allocate(Shape.of(time, batch)).set(real);
            rows = Ops.select(mask, rows, tape.constant(tape.zeros(rows.shape())));
        }
        if (training) {
            execution.recorded(new Execution.Recording(rows, rows));
        }
        return rows;
    }

    /** {@code [batch, time]}. */
    private INDArray tokens() {
        if (input.rank() == 2) {
            return input;
        }
        if (input.rank() != 3 || input.size(1) != 1) {
            throw new ShapeException(name() + ": the input is " + Arrays.toString(input.shape())
                    + ", expected token numbers [batch, 1, time] or [batch, time]");
        }
        return input.slice(0, 1);
    }

    /** The mask in our order, or nothing. */
    private double[] real(int batch, int time) {
        INDArray present = maskArray;
        if (present == null || present.rank() != 2) {
            return new double[0];
        }
        if (present.size(0) != batch || present.size(1) != time) {
            throw new ShapeException(name() + ": the mask is " + Arrays.toString(present.shape())
                    + ", expected [batch, time] = [" + batch + ", " + time + "]");
        }
        return NDArrays.values(present.permute(1, 0));
    }

    private int token(double value, int sequence, int step) {
        int token = (int) value;
        if (token != value || token < 0 || token >= layerConf().getNIn()) {
            throw new IllegalArgumentException(name() + ": sequence " + sequence + " has the token " + value
                    + " at step " + step + ", expected a whole number from 0 to "
                    + (layerConf().getNIn() - 1) + " (nIn - 1)");
        }
        return token;
    }

    private String name() {
        return "UnrolledEmbedding \"" + layerConf().getLayerName() + "\"";
    }

    /** Tokens have no gradient, so there is none for the layer below. */
    @Override
    public Pair<Gradient, @Nullable INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaceMgr) {
        assertInputSet(true);
        Execution<Embedding> execution = executions.get(paramsFlattened);
        Execution.Recording recording = execution.takeRecording();
        if (recording == null) {
            lookUp(execution, true);
            recording = execution.requireRecording();
        }
        Tensor dy = SequenceLayout.toTensor(execution.training(), epsilon, RNNFormat.NCW);
        Gradient gradient = execution.playBackward(List.of(recording.output()), List.of(dy), gradientViews);
        return new Pair<>(gradient, null);
    }

    @Override
    public boolean isPretrainLayer() {
        return false;
    }

    @Override
    public boolean hasBias() {
        return false;
    }

    @Override
    public Type type() {
        return Type.RECURRENT;
    }
}
