package io.github.unrolled.dl4j;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Networks whose recurrent layers are Deeplearning4j's own, on our engine, and back. A network file is one line:
 *
 * <pre>{@code
 * MultiLayerNetwork network = StockNetworks.toUnrolled(MultiLayerNetwork.load(new File("model.zip"), false));
 * }</pre>
 *
 * {@code LSTM} becomes {@link UnrolledLstm} and {@code SimpleRnn} becomes {@link UnrolledRnn}, also within
 * {@code Bidirectional}, {@code LastTimeStep} and {@code MaskZeroLayer}; all other layers stay what they are. The result has
 * memory of its own. What an updater remembers (momentum) does not come along: it begins anew.
 */
public final class StockNetworks {
    private StockNetworks() {}

    /**
     * The same network with our recurrent layers.
     *
     * @throws IllegalArgumentException if a recurrent layer is of another kind, or has options that ours have not
     */
    public static MultiLayerNetwork toUnrolled(MultiLayerNetwork stock) {
        return converted(stock, RecurrentTwin.TO_UNROLLED);
    }

    /** As {@link #toUnrolled(MultiLayerNetwork)}. */
    public static ComputationGraph toUnrolled(ComputationGraph stock) {
        return converted(stock, RecurrentTwin.TO_UNROLLED);
    }

    /**
     * The same network with Deeplearning4j's own recurrent layers, for programs without this library.
     *
     * @throws IllegalArgumentException if a layer of ours has no counterpart there, as the GRU
     */
    public static MultiLayerNetwork toStock(MultiLayerNetwork ours) {
        return converted(ours, RecurrentTwin.TO_STOCK);
    }

    /** As {@link #toStock(MultiLayerNetwork)}. */
    public static ComputationGraph toStock(ComputationGraph ours) {
        return converted(ours, RecurrentTwin.TO_STOCK);
    }

    private static MultiLayerNetwork converted(MultiLayerNetwork from, RecurrentTwin twin) {
        MultiLayerConfiguration configuration =
                from.getLayerWiseConfigurations().clone();
        for (NeuralNetConfiguration each : configuration.getConfs()) {
            each.setLayer(converted(each.getLayer(), twin));
        }
        MultiLayerNetwork to = new MultiLayerNetwork(configuration);
        to.init();
        for (int i = 0; i < from.getnLayers(); i++) {
            copy(from.getLayer(i), to.getLayer(i), twin);
        }
        return to;
    }

    private static ComputationGraph converted(ComputationGraph from, RecurrentTwin twin) {
        ComputationGraphConfiguration configuration = from.getConfiguration().clone();
        for (GraphVertex vertex : configuration.getVertices().values()) {
            if (vertex instanceof LayerVertex layer) {
                layer.getLayerConf().setLayer(converted(layer.getLayerConf().getLayer(), twin));
            }
        }
        ComputationGraph to = new ComputationGraph(configuration);
        to.init();
        for (org.deeplearning4j.nn.api.Layer layer : from.getLayers()) {
            copy(layer, to.getLayer(layer.conf().getLayer().getLayerName()), twin);
        }
        return to;
    }

    private static Layer converted(Layer layer, RecurrentTwin twin) {
        if (layer instanceof Bidirectional both) {
            both.setFwd(converted(both.getFwd(), twin));
            both.setBwd(converted(both.getBwd(), twin));
            return both;
        }
        if (layer instanceof BaseWrapperLayer wrapper) {
            wrapper.setUnderlying(converted(wrapper.getUnderlying(), twin));
            return wrapper;
        }
        return twin.of(layer);
    }

    private static void copy(
            org.deeplearning4j.nn.api.Layer from, org.deeplearning4j.nn.api.Layer to, RecurrentTwin twin) {
        List<Integer> order = twin.gates(core(from.conf().getLayer()));
        Map<String, INDArray> targets = to.paramTable();
        from.paramTable().forEach((key, values) -> {
            INDArray target = Objects.requireNonNull(targets.get(key), key);
            INDArray shaped = values.reshape(target.shape());
            target.assign(RecurrentTwin.reordered(shaped, order));
        });
    }

    private static Layer core(Layer layer) {
        if (layer instanceof Bidirectional both) {
            return core(both.getFwd());
        }
        return layer instanceof BaseWrapperLayer wrapper ? core(wrapper.getUnderlying()) : layer;
    }
}
