package io.github.unrolled.dl4j;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Lays the parameters of a layer one after the other into its part of the flattened array, each in C order (Deeplearning4j's
 * own lie in Fortran order), so that our cells compute on them where they are.
 */
final class FlatInitializer implements ParamInitializer {
    private final Function<Layer, List<ParameterBlock>> blocks;

    /** @param blocks what a configuration's parameters are */
    FlatInitializer(Function<Layer, List<ParameterBlock>> blocks) {
        this.blocks = blocks;
    }

    @Override
    public long numParams(NeuralNetConfiguration conf) {
        return numParams(conf.getLayer());
    }

    @Override
    public long numParams(Layer layer) {
        return blocks.apply(layer).stream().mapToLong(ParameterBlock::length).sum();
    }

    @Override
    public List<String> paramKeys(Layer layer) {
        return blocks.apply(layer).stream().map(ParameterBlock::key).toList();
    }

    @Override
    public List<String> weightKeys(Layer layer) {
        return blocks.apply(layer).stream()
                .filter(block -> !block.bias())
                .map(ParameterBlock::key)
                .toList();
    }

    @Override
    public List<String> biasKeys(Layer layer) {
        return blocks.apply(layer).stream()
                .filter(ParameterBlock::bias)
                .map(ParameterBlock::key)
                .toList();
    }

    @Override
    public boolean isWeightParam(Layer layer, String key) {
        return weightKeys(layer).contains(key);
    }

    @Override
    public boolean isBiasParam(Layer layer, String key) {
        return biasKeys(layer).contains(key);
    }

    @Override
    public Map<String, INDArray> init(NeuralNetConfiguration conf, INDArray paramsView, boolean initializeParams) {
        Map<String, INDArray> views = views(conf.getLayer(), paramsView);
        for (ParameterBlock block : blocks.apply(conf.getLayer())) {
            conf.addVariable(block.key());
            INDArray view = views.get(block.key());
            if (initializeParams && view != null) {
                block.initial().write(view);
            }
        }
        return views;
    }

    @Override
    public Map<String, INDArray> getGradientsFromFlattened(NeuralNetConfiguration conf, INDArray gradientView) {
        return views(conf.getLayer(), gradientView);
    }

    private Map<String, INDArray> views(Layer layer, INDArray flattened) {
        long expected = numParams(layer);
        if (flattened.length() != expected) {
            throw new IllegalArgumentException("layer \"" + layer.getLayerName() + "\" has " + expected
                    + " parameters, and a view of " + flattened.length() + " was given");
        }
        INDArray flat = flattened.reshape(flattened.length());
        Map<String, INDArray> views = new LinkedHashMap<>();
        long at = 0;
        for (ParameterBlock block : blocks.apply(layer)) {
            INDArray part = flat.get(NDArrayIndex.interval(at, at + block.length()));
            views.put(block.key(), part.reshape('c', true, block.shape()));
            at += block.length();
        }
        return views;
    }
}
