package io.github.unrolled.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.unrolled.dl4j.TestNetwork.Container;
import io.github.unrolled.dl4j.TestNetwork.Setting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;

/** A stock network's recurrent layers on our engine, and back: equal outputs and, without carried state, equal gradients. */
class StockNetworksTest {
    private static final int INPUT = 3;
    private static final int HIDDEN = 4;
    private static final int CLASSES = 5;
    private static final int TIME = 6;
    private static final int BATCH = 2;

    private static Layer output(int in) {
        return new RnnOutputLayer.Builder()
                .nIn(in)
                .nOut(CLASSES)
                .dataFormat(RNNFormat.NCW)
                .build();
    }

    private static LSTM lstm(int in) {
        return new LSTM.Builder()
                .activation(Activation.TANH)
                .nIn(in)
                .nOut(HIDDEN)
                .build();
    }

    private static TestNetwork stock(Container container) {
        Layer rnn = new SimpleRnn.Builder()
                .activation(Activation.TANH)
                .nIn(HIDDEN)
                .nOut(HIDDEN)
                .build();
        Setting setting = new Setting(container, DataType.DOUBLE, new Adam(0.01), 0);
        TestNetwork network =
                TestNetwork.of(setting, lstm(INPUT), rnn, new Bidirectional(lstm(HIDDEN)), output(2 * HIDDEN));
        INDArray params = network.params();
        params.assign(Sequences.random(DataType.DOUBLE, 3, params.length()).reshape(params.shape()));
        return network;
    }

    private static TestNetwork toUnrolled(TestNetwork network) {
        return new TestNetwork(
                network.model() instanceof ComputationGraph graph
                        ? StockNetworks.toUnrolled(graph)
                        : StockNetworks.toUnrolled((MultiLayerNetwork) network.model()));
    }

    private static TestNetwork toStock(TestNetwork network) {
        return new TestNetwork(
                network.model() instanceof ComputationGraph graph
                        ? StockNetworks.toStock(graph)
                        : StockNetworks.toStock((MultiLayerNetwork) network.model()));
    }

    private static INDArray x() {
        return Sequences.random(DataType.DOUBLE, 1, BATCH, INPUT, TIME);
    }

    private static INDArray y() {
        return Sequences.oneHot(DataType.DOUBLE, 2, BATCH, CLASSES, TIME);
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void outputsAndGradientsAreEqual(Container container) {
        TestNetwork stock = stock(container);
        TestNetwork ours = toUnrolled(stock);
        LayerContractTest.assertClose(ours.output(x()), stock.output(x()), 1e-12);
        stock.gradient(x(), y());
        ours.gradient(x(), y());
        ours.model().gradient().gradientForVariable().forEach((key, found) -> {
            INDArray expected = stock.model().gradient().getGradientFor(key).reshape(found.shape());
            boolean isLstm = key.startsWith("0") || key.startsWith("2");
            List<Integer> order = isLstm ? RecurrentTwin.TO_UNROLLED.gates(lstm(INPUT)) : List.of();
            LayerContractTest.assertClose(found, RecurrentTwin.reordered(expected, order), 1e-10);
        });
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void thereAndBackIsTheSameNetwork(Container container) {
        TestNetwork stock = stock(container);
        TestNetwork back = toStock(toUnrolled(stock));
        assertThat(back.params()).isEqualTo(stock.params());
        assertThat(back.output(x())).isEqualTo(stock.output(x()));
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void aNetworkFileRunsOnOurEngine(Container container, @TempDir Path folder) throws IOException {
        TestNetwork stock = stock(container);
        TestNetwork loaded = stock.savedAndLoaded(folder);
        LayerContractTest.assertClose(toUnrolled(loaded).output(x()), stock.output(x()), 1e-12);
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void whatHasNoCounterpartIsNamed(Container container) {
        Setting setting = new Setting(container, DataType.DOUBLE);
        Layer normalised = new SimpleRnn.Builder()
                .hasLayerNorm(true)
                .activation(Activation.TANH)
                .nIn(INPUT)
                .nOut(HIDDEN)
                .build();
        TestNetwork stock = TestNetwork.of(setting, normalised, output(HIDDEN));
        assertThatThrownBy(() -> toUnrolled(stock))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("layer normalisation");
        TestNetwork gru = TestNetwork.of(
                setting, new UnrolledGru.Builder().nIn(INPUT).nOut(HIDDEN).build(), output(HIDDEN));
        assertThatThrownBy(() -> toStock(gru))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("UnrolledGru");
    }
}
