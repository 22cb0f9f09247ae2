package io.github.unrolled.dl4j;

import io.github.unrolled.nn.Embedding;
import java.util.Collection;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.LayerValidation;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@link Embedding} as the first layer of a network of Deeplearning4j's: token numbers {@code [batch, 1, time]} or
 * {@code [batch, time]}, of any element type, to their rows {@code [batch, nOut, time]}. Takes sequences of any length. Steps
 * that the features' mask hides give zeros, whatever their token is. Parameter W {@code [nIn, nOut]}, nIn being the size of
 * the vocabulary.
 */
public final class UnrolledEmbedding extends FeedForwardLayer {
    private static final long serialVersionUID = 1L;

    private UnrolledEmbedding() {}

    private UnrolledEmbedding(Builder builder) {
        super(builder);
        // A network's default activation is not meant for rows of a table.
        setActivationFn(new ActivationIdentity());
        initializeConstraints(builder);
    }

    private List<ParameterBlock> blocks() {
        return List.of(ParameterBlock.weight("W", getNIn(), getNOut(), ParameterBlock.perGate(1, getWeightInitFn())));
    }

    @Override
    public ParamInitializer initializer() {
        return new FlatInitializer(layer -> ((UnrolledEmbedding) layer).blocks());
    }

    @Override
    public Layer instantiate(
            NeuralNetConfiguration conf,
            Collection<TrainingListener> trainingListeners,
            int layerIndex,
            INDArray layerParamsView,
            boolean initializeParams,
            DataType networkDataType) {
        LayerValidation.assertNInNOutSet("UnrolledEmbedding", getLayerName(), layerIndex, getNIn(), getNOut());
        TapeEmbeddingLayer layer = new TapeEmbeddingLayer(conf, networkDataType);
        layer.setListeners(trainingListeners);
        layer.setIndex(layerIndex);
        layer.setParamsViewArray(layerParamsView);
        layer.setParamTable(initializer().init(conf, layerParamsView, initializeParams));
        return layer;
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
        long time = inputType instanceof InputType.InputTypeRecurrent recurrent ? recurrent.getTimeSeriesLength() : -1;
        return InputType.recurrent(getNOut(), time, RNNFormat.NCW);
    }

    /** The vocabulary, when the network was told its input type and not the size. */
    @Override
    public void setNIn(InputType inputType, boolean override) {
        if ((getNIn() <= 0 || override) && inputType instanceof InputType.InputTypeRecurrent recurrent) {
            setNIn(recurrent.getSize());
        }
    }

    @Override
    public @Nullable InputPreProcessor getPreProcessorForInputType(InputType inputType) {
        return null;
    }

    @Override
    public LayerMemoryReport getMemoryReport(InputType inputType) {
        InputType outputType = getOutputType(-1, inputType);
        long parameters = initializer().numParams(this);
        return new LayerMemoryReport.Builder(getLayerName(), getClass(), inputType, outputType)
                .standardMemory(parameters, getIUpdater().stateSize(parameters))
                .workingMemory(0, 0, 0, getNOut())
                .cacheMemory(MemoryReport.CACHE_MODE_ALL_ZEROS, MemoryReport.CACHE_MODE_ALL_ZEROS)
                .build();
    }

    @Override
    public boolean equals(Object other) {
        return super.equals(other) && other instanceof UnrolledEmbedding;
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }

    /** Builds the layer. */
    @SuppressWarnings("unchecked") // build() is declared by Deeplearning4j for any type
    public static final class Builder extends FeedForwardLayer.Builder<Builder> {
        /** With every option at its default. */
        public Builder() {}

        @Override
        public UnrolledEmbedding build() {
            return new UnrolledEmbedding(this);
        }
    }
}
