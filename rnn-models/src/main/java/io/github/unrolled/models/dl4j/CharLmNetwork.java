package io.github.unrolled.models.dl4j;

import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.dl4j.UnrolledEmbedding;
import io.github.unrolled.dl4j.UnrolledGru;
import io.github.unrolled.dl4j.UnrolledLstm;
import io.github.unrolled.dl4j.UnrolledRecurrent;
import io.github.unrolled.dl4j.UnrolledRnn;
import io.github.unrolled.dl4j.UnrolledSoftmaxOutput;
import io.github.unrolled.models.charlm.CharLm;
import io.github.unrolled.models.charlm.CharLmConfig;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * A character model as a {@code MultiLayerNetwork}: token numbers {@code [batch, 1, time]} to the probabilities of the next
 * token {@code [batch, vocabulary, time]}, the same as the model's own. {@code fit} fine-tunes it by truncated
 * backpropagation through time, {@code rnnTimeStep} writes text:
 *
 * <pre>{@code
 * try (SavedCharLm saved = Zoo.load("charlm/shakespeare")) {
 *     MultiLayerNetwork network = CharLmNetwork.of(saved.model(), new Adam(1e-4), 50);
 *     network.fit(iterator);
 * }
 * }</pre>
 */
public final class CharLmNetwork {
    private CharLmNetwork() {}

    /**
     * Copies a model into a network of type FLOAT; the model may be closed afterwards. Needs a back end of ND4J on the class
     * path.
     *
     * @param updater for fine-tuning
     * @param truncation steps of a segment of truncated backpropagation through time
     */
    public static MultiLayerNetwork of(CharLm model, IUpdater updater, int truncation) {
        return of(model, updater, truncation, DataType.FLOAT);
    }

    /** As {@link #of(CharLm, IUpdater, int)}, in DOUBLE too, on the reference engine. */
    public static MultiLayerNetwork of(CharLm model, IUpdater updater, int truncation, DataType type) {
        CharLmConfig config = model.config();
        NeuralNetConfiguration.ListBuilder layers = new NeuralNetConfiguration.Builder()
                .dataType(type)
                .updater(updater)
                .list();
        layers.layer(new UnrolledEmbedding.Builder()
                .nIn(config.vocabulary())
                .nOut(config.embedding())
                .build());
        for (int i = 0; i < config.layers(); i++) {
            UnrolledRecurrent.Builder<?> cell = cell(config)
                    .nIn(i == 0 ? config.embedding() : config.hidden())
                    .nOut(config.hidden())
                    .recurrentDropout(config.recurrentDropout());
            if (i > 0 && config.dropout() > 0) {
                cell.dropOut(1 - config.dropout());
            }
            layers.layer(cell.build());
        }
        UnrolledSoftmaxOutput.Builder output =
                new UnrolledSoftmaxOutput.Builder().nIn(config.hidden()).nOut(config.vocabulary());
        if (config.dropout() > 0) {
            output.dropOut(1 - config.dropout());
        }
        layers.layer(output.build()).backpropType(BackpropType.TruncatedBPTT).tBPTTLength(truncation);
        MultiLayerNetwork network = new MultiLayerNetwork(layers.build());
        network.init();
        copy(model, network);
        return network;
    }

    private static UnrolledRecurrent.Builder<?> cell(CharLmConfig config) {
        return switch (config.cell()) {
            case LSTM -> new UnrolledLstm.Builder();
            case GRU -> new UnrolledGru.Builder();
            case RNN -> new UnrolledRnn.Builder();
        };
    }

    /** Our layers keep their parameters as the cells do, one after the other in the flattened array. */
    private static void copy(CharLm model, MultiLayerNetwork network) {
        var flat = network.params().reshape(network.numParams());
        long at = 0;
        for (Parameter parameter : model.parameters()) {
            double[] values = parameter.value().toDoubles();
            flat.get(NDArrayIndex.interval(at, at + values.length))
                    .assign(Nd4j.createFromArray(values).castTo(flat.dataType()));
            at += values.length;
        }
    }
}
