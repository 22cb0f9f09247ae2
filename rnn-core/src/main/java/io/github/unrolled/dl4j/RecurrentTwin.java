package io.github.unrolled.dl4j;

import java.util.List;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Which recurrent layer stands for which, and where its gates lie. */
enum RecurrentTwin {
    TO_UNROLLED {
        @Override
        Layer of(Layer layer) {
            if (layer instanceof LSTM lstm) {
                if (!(lstm.getGateActivationFn() instanceof ActivationSigmoid)
                        || !(lstm.getActivationFn() instanceof ActivationTanH)) {
                    throw refused(
                            layer,
                            "computes with tanh and gates of sigmoid, and this one with " + lstm.getActivationFn()
                                    + " and gates of " + lstm.getGateActivationFn());
                }
                return settings(
                        lstm,
                        new UnrolledLstm.Builder()
                                .forgetGateBiasInit(lstm.getForgetGateBiasInit())
                                .build());
            }
            if (layer instanceof SimpleRnn rnn) {
                if (rnn.hasLayerNorm()) {
                    throw refused(layer, "has no layer normalisation");
                }
                return settings(
                        rnn,
                        new UnrolledRnn.Builder()
                                .activation(rnn.getActivationFn())
                                .build());
            }
            if (layer instanceof BaseRecurrentLayer && !(layer instanceof UnrolledRecurrent)) {
                throw refused(layer, "stands for LSTM and SimpleRnn only");
            }
            return layer;
        }

        /** Ours are i, f, g, o, Deeplearning4j's g, f, o, i. */
        @Override
        List<Integer> gates(Layer from) {
            return from instanceof LSTM ? List.of(3, 1, 0, 2) : List.of();
        }

        private IllegalArgumentException refused(Layer layer, String why) {
            return new IllegalArgumentException(layer.getClass().getSimpleName() + " \"" + layer.getLayerName()
                    + "\" cannot be converted: the layer of Unrolled " + why);
        }
    },

    TO_STOCK {
        @Override
        Layer of(Layer layer) {
            if (layer instanceof UnrolledRecurrent ours && ours.isBidirectional()) {
                throw refused(layer, "wrap one direction into Bidirectional instead");
            }
            if (layer instanceof UnrolledLstm lstm) {
                return settings(
                        lstm,
                        new LSTM.Builder()
                                .activation(new ActivationTanH())
                                .forgetGateBiasInit(lstm.getForgetGateBiasInit())
                                .build());
            }
            if (layer instanceof UnrolledRnn rnn) {
                return settings(
                        rnn,
                        new SimpleRnn.Builder()
                                .activation(rnn.getActivationFn())
                                .build());
            }
            if (layer instanceof UnrolledRecurrent
                    || layer instanceof UnrolledEmbedding
                    || layer instanceof UnrolledSoftmaxOutput) {
                throw refused(layer, "LSTM and vanilla RNN are converted");
            }
            return layer;
        }

        @Override
        List<Integer> gates(Layer from) {
            return from instanceof UnrolledLstm ? List.of(2, 1, 3, 0) : List.of();
        }

        private IllegalArgumentException refused(Layer layer, String hint) {
            return new IllegalArgumentException(layer.getClass().getSimpleName() + " \"" + layer.getLayerName()
                    + "\" has no counterpart in Deeplearning4j; " + hint);
        }
    };

    /** The layer's counterpart with the same settings; the layer itself if it needs none. */
    abstract Layer of(Layer layer);

    /** For each gate of the counterpart, which gate of the layer it is; empty if they lie alike. */
    abstract List<Integer> gates(Layer from);

    /** Blocks of columns in another order; the array itself for an empty order. */
    static INDArray reordered(INDArray values, List<Integer> order) {
        if (order.isEmpty()) {
            return values;
        }
        INDArray result = Nd4j.create(values.dataType(), values.shape());
        long width = values.size(-1) / order.size();
        for (int gate = 0; gate < order.size(); gate++) {
            block(result, gate, width).assign(block(values, order.get(gate), width));
        }
        return result;
    }

    private static INDArray block(INDArray values, int index, long width) {
        var columns = NDArrayIndex.interval(index * width, (index + 1) * width);
        return values.rank() == 1 ? values.get(columns) : values.get(NDArrayIndex.all(), columns);
    }

    private static <T extends BaseRecurrentLayer> T settings(BaseRecurrentLayer from, T to) {
        to.setLayerName(from.getLayerName());
        to.setIDropout(from.getIDropout());
        to.setConstraints(from.getConstraints());
        to.setWeightInitFn(from.getWeightInitFn());
        to.setWeightInitFnRecurrent(from.getWeightInitFnRecurrent());
        to.setBiasInit(from.getBiasInit());
        to.setGainInit(from.getGainInit());
        to.setRegularization(from.getRegularization());
        to.setRegularizationBias(from.getRegularizationBias());
        to.setIUpdater(from.getIUpdater());
        to.setBiasUpdater(from.getBiasUpdater());
        to.setWeightNoise(from.getWeightNoise());
        to.setGradientNormalization(from.getGradientNormalization());
        to.setGradientNormalizationThreshold(from.getGradientNormalizationThreshold());
        to.setNIn(from.getNIn());
        to.setNOut(from.getNOut());
        to.setRnnDataFormat(from.getRnnDataFormat());
        return to;
    }
}
