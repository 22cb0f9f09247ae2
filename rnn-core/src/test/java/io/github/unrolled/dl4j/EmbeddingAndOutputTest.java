package io.github.unrolled.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.unrolled.dl4j.Sequences.MaskKind;
import io.github.unrolled.dl4j.TestNetwork.Container;
import io.github.unrolled.dl4j.TestNetwork.Setting;
import io.github.unrolled.tensor.ShapeException;
import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** A network that is ours from the tokens to the probabilities. */
class EmbeddingAndOutputTest {
    private static final int VOCABULARY = 4;
    private static final int FEATURES = 3;
    private static final int HIDDEN = 2;
    private static final int TIME = 6;
    private static final int BATCH = 5;

    private static Layer[] layers() {
        return new Layer[] {
            new UnrolledEmbedding.Builder().nIn(VOCABULARY).nOut(FEATURES).build(),
            new UnrolledLstm.Builder().threads(1).nIn(FEATURES).nOut(HIDDEN).build(),
            new UnrolledSoftmaxOutput.Builder()
                    .threads(1)
                    .nIn(HIDDEN)
                    .nOut(VOCABULARY)
                    .build()
        };
    }

    private static TestNetwork network(Container container, DataType type) {
        return network(container, type, layers());
    }

    private static TestNetwork network(Container container, DataType type, Layer... layers) {
        TestNetwork network = TestNetwork.of(new Setting(container, type), layers);
        INDArray params = network.params();
        params.assign(Sequences.random(type, 3, params.length()).reshape(params.shape()));
        return network;
    }

    /** Token numbers {@code [batch, 1, time]}. */
    private static INDArray tokens(DataType type) {
        return Sequences.oneHot(DataType.DOUBLE, 8, BATCH, VOCABULARY, TIME)
                .argMax(1)
                .reshape(BATCH, 1, TIME)
                .castTo(type);
    }

    private static INDArray labels(DataType type) {
        return Sequences.oneHot(type, 9, BATCH, VOCABULARY, TIME);
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void gradientsEqualDifferences(Container container) {
        LayerContractTest.checkGradients(
                network(container, DataType.DOUBLE), tokens(DataType.DOUBLE), labels(DataType.DOUBLE), null);
    }

    @ParameterizedTest
    @EnumSource(MaskKind.class)
    void gradientsUnderMasksEqualDifferences(MaskKind kind) {
        LayerContractTest.checkGradients(
                network(Container.MULTI_LAYER, DataType.DOUBLE),
                tokens(DataType.DOUBLE),
                labels(DataType.DOUBLE),
                kind.of(DataType.DOUBLE, BATCH, TIME));
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void whatTheMaskHidesNeedNotBeAToken(Container container) {
        TestNetwork network = network(container, DataType.FLOAT);
        INDArray mask = MaskKind.RIGHT.of(DataType.FLOAT, BATCH, TIME);
        INDArray tokens = tokens(DataType.FLOAT);
        INDArray before = network.output(tokens, mask).dup();
        tokens.putScalar(new int[] {1, 0, TIME - 1}, -1);
        assertThat(network.output(tokens, mask)).isEqualTo(before);
        assertThatThrownBy(() -> network.output(tokens))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sequence 1")
                .hasMessageContaining("step 5");
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void singlePrecisionAgreesWithDoubleAndAllNumberTypesAreTokens(Container container) {
        TestNetwork truth = network(container, DataType.DOUBLE);
        TestNetwork fast = network(container, DataType.FLOAT);
        LayerContractTest.assertClose(fast.output(tokens(DataType.INT32)), truth.output(tokens(DataType.DOUBLE)), 2e-5);
        LayerContractTest.assertClose(
                fast.gradient(tokens(DataType.FLOAT), labels(DataType.FLOAT)),
                truth.gradient(tokens(DataType.DOUBLE), labels(DataType.DOUBLE)),
                2e-5);
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void outputScoreAndGradientEqualThoseOfTheStockLayer(Container container) {
        Layer ours = new UnrolledSoftmaxOutput.Builder()
                .nIn(FEATURES)
                .nOut(VOCABULARY)
                .build();
        Layer stock = new RnnOutputLayer.Builder(new LossMCXENT(0, (INDArray) null))
                .nIn(FEATURES)
                .nOut(VOCABULARY)
                .dataFormat(RNNFormat.NCW)
                .build();
        TestNetwork found = network(container, DataType.DOUBLE, recurrent(), ours);
        TestNetwork expected = network(container, DataType.DOUBLE, recurrent(), stock);
        found.model()
                .paramTable()
                .forEach((key, value) ->
                        value.assign(expected.model().paramTable().get(key)));
        INDArray x = Sequences.random(DataType.DOUBLE, 1, BATCH, FEATURES, TIME);
        // Soft labels too.
        INDArray y = labels(DataType.DOUBLE).mul(0.9).addi(0.025);
        INDArray mask = MaskKind.HOLES.of(DataType.DOUBLE, BATCH, TIME);
        LayerContractTest.assertClose(found.output(x), expected.output(x), 1e-12);
        found.gradient(x, y, null, mask);
        expected.gradient(x, y, null, mask);
        assertThat(found.model().score()).isCloseTo(expected.model().score(), within(1e-12));
        found.model()
                .gradient()
                .gradientForVariable()
                .forEach((key, value) -> LayerContractTest.assertClose(
                        value, expected.model().gradient().getGradientFor(key), 1e-12));
    }

    private static Layer recurrent() {
        return new UnrolledGru.Builder().threads(1).nIn(FEATURES).nOut(FEATURES).build();
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void tokensOneByOneEqualTheSequenceAndSavingKeepsTheBits(Container container, @TempDir Path folder)
            throws IOException {
        TestNetwork network = network(container, DataType.FLOAT);
        INDArray whole = network.output(tokens(DataType.FLOAT)).dup();
        LayerContractTest.assertClose(network.timeStep(tokens(DataType.FLOAT)), whole, 1e-6);
        network.fit(new DataSet(tokens(DataType.FLOAT), labels(DataType.FLOAT)));
        TestNetwork loaded = network.savedAndLoaded(folder);
        assertThat(loaded.output(tokens(DataType.FLOAT))).isEqualTo(network.output(tokens(DataType.FLOAT)));
        assertThat(network.configurationSurvivesJson()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void itLearnsAndIsEvaluated(Container container) {
        TestNetwork network = network(container, DataType.FLOAT);
        // The next token is a function of the one before.
        INDArray next = tokens(DataType.INT32).reshape(BATCH, TIME);
        INDArray y = org.nd4j.linalg.factory.Nd4j.zeros(DataType.FLOAT, BATCH, VOCABULARY, TIME);
        for (int b = 0; b < BATCH; b++) {
            for (int t = 0; t < TIME; t++) {
                y.putScalar(new int[] {b, (next.getInt(b, t) + 1) % VOCABULARY, t}, 1);
            }
        }
        for (int i = 0; i < 200; i++) {
            network.fit(new DataSet(tokens(DataType.FLOAT), y));
        }
        Evaluation evaluation = new Evaluation(VOCABULARY);
        evaluation.evalTimeSeries(y, network.output(tokens(DataType.FLOAT)));
        assertThat(evaluation.accuracy()).isGreaterThan(0.95);
        if (network.model() instanceof MultiLayerNetwork list) {
            assertThat(list.scoreExamples(new DataSet(tokens(DataType.FLOAT), y), false)
                                    .sumNumber()
                                    .doubleValue()
                            / BATCH)
                    .isCloseTo(list.score(new DataSet(tokens(DataType.FLOAT), y)), within(1e-5));
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void labelsThatDoNotFitAreNamed(Container container) {
        TestNetwork network = network(container, DataType.FLOAT);
        INDArray y = Sequences.oneHot(DataType.FLOAT, 9, BATCH, VOCABULARY, TIME - 1);
        assertThatThrownBy(() -> network.gradient(tokens(DataType.FLOAT), y))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[5, 4, 5]");
    }
}
