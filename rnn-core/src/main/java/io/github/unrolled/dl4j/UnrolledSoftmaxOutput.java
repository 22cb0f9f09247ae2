package io.github.unrolled.dl4j;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.InputTypeUtil;
import org.deeplearning4j.nn.conf.layers.LayerValidation;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * A linear layer with softmax and cross-entropy at every step, in the place of Deeplearning4j's {@code RnnOutputLayer}: input
 * {@code [batch, nIn, time]}, labels {@code [batch, nOut, time]} as one class or as probabilities, and a mask of the labels
 * {@code [batch, time]}. Parameters W {@code [nIn, nOut]}, b {@code [nOut]}. The score is summed over the steps and divided by
 * the batch, as there.
 */
public final class UnrolledSoftmaxOutput extends BaseOutputLayer {
    private static final long serialVersionUID = 1L;

    private RNNFormat rnnDataFormat = RNNFormat.NCW;
    private int threads;

    private UnrolledSoftmaxOutput() {}

    private UnrolledSoftmaxOutput(Builder builder) {
        super(builder);
        this.rnnDataFormat = builder.rnnDataFormat;
        this.threads = builder.threads;
        setActivationFn(new ActivationSoftmax());
        // What the layer computes, for those who ask: without Deeplearning4j's clipping of small probabilities.
        setLossFn(new LossMCXENT(0, (INDArray) null));
        initializeConstraints(builder);
    }

    /** Which axis is time. */
    public RNNFormat getRnnDataFormat() {
        return rnnDataFormat;
    }

    /** How many threads a kernel uses; 0 for as many as there are processors. */
    public int getThreads() {
        return threads;
    }

    private List<ParameterBlock> blocks() {
        return List.of(
                ParameterBlock.weight("W", getNIn(), getNOut(), ParameterBlock.perGate(1, getWeightInitFn())),
                ParameterBlock.bias("b", getNOut(), ParameterBlock.constant(getBiasInit())));
    }

    @Override
    public ParamInitializer initializer() {
        return new FlatInitializer(layer -> ((UnrolledSoftmaxOutput) layer).blocks());
    }

    @Override
    public Layer instantiate(
            NeuralNetConfiguration conf,
            Collection<TrainingListener> trainingListeners,
            int layerIndex,
            INDArray layerParamsView,
            boolean initializeParams,
            DataType networkDataType) {
        LayerValidation.assertNInNOutSet("UnrolledSoftmaxOutput", getLayerName(), layerIndex, getNIn(), getNOut());
        TapeSoftmaxOutputLayer layer = new TapeSoftmaxOutputLayer(conf, networkDataType);
        layer.setListeners(trainingListeners);
        layer.setIndex(layerIndex);
        layer.setParamsViewArray(layerParamsView);
        layer.setParamTable(initializer().init(conf, layerParamsView, initializeParams));
        return layer;
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
        InputType.InputTypeRecurrent in = recurrent(inputType);
        return InputType.recurrent(getNOut(), in.getTimeSeriesLength(), in.getFormat());
    }

    @Override
    public void setNIn(InputType inputType, boolean override) {
        if (getNIn() <= 0 || override) {
            setNIn(recurrent(inputType).getSize());
        }
    }

    private InputType.InputTypeRecurrent recurrent(InputType inputType) {
        if (inputType instanceof InputType.InputTypeRecurrent recurrent) {
            return recurrent;
        }
        throw new IllegalStateException("UnrolledSoftmaxOutput \"" + getLayerName()
                + "\" stands behind a recurrent layer, and its input is " + inputType
                + "; for one output per sequence use OutputLayer");
    }

    @Override
    public InputPreProcessor getPreProcessorForInputType(InputType inputType) {
        return InputTypeUtil.getPreprocessorForInputTypeRnnLayers(inputType, rnnDataFormat, getLayerName());
    }

    @Override
    public boolean equals(Object other) {
        return super.equals(other)
                && other instanceof UnrolledSoftmaxOutput output
                && rnnDataFormat == output.rnnDataFormat
                && threads == output.threads;
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), rnnDataFormat, threads);
    }

    /** Builds the layer. */
    @SuppressWarnings("unchecked") // build() is declared by Deeplearning4j for any type
    public static final class Builder extends BaseOutputLayer.Builder<Builder> {
        private RNNFormat rnnDataFormat = RNNFormat.NCW;
        private int threads;

        /** With every option at its default. */
        public Builder() {}

        /** Which axis is time; the last by default. */
        public Builder dataFormat(RNNFormat format) {
            rnnDataFormat = format;
            return this;
        }

        /** How many threads a kernel uses; 0, the default, for as many as there are processors. */
        public Builder threads(int count) {
            threads = count;
            return this;
        }

        @Override
        public UnrolledSoftmaxOutput build() {
            return new UnrolledSoftmaxOutput(this);
        }
    }
}
