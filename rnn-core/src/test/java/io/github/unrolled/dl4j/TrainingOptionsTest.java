package io.github.unrolled.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.unrolled.dl4j.TestNetwork.Container;
import io.github.unrolled.dl4j.TestNetwork.Setting;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.EarlyStoppingResult;
import org.deeplearning4j.earlystopping.saver.InMemoryModelSaver;
import org.deeplearning4j.earlystopping.scorecalc.DataSetLossCalculator;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.earlystopping.trainer.EarlyStoppingTrainer;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.constraint.NonNegativeConstraint;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.optimize.listeners.CollectScoresIterationListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;

/** What Deeplearning4j does to the parameters and with the whole network, with a layer of ours in it. */
class TrainingOptionsTest {
    private static final int INPUT = 3;
    private static final int HIDDEN = 4;
    private static final int CLASSES = 3;
    private static final int TIME = 6;
    private static final int BATCH = 8;

    private static UnrolledLstm.Builder lstm() {
        return new UnrolledLstm.Builder().threads(1).nIn(INPUT).nOut(HIDDEN);
    }

    private static Layer output() {
        return new RnnOutputLayer.Builder()
                .nIn(HIDDEN)
                .nOut(CLASSES)
                .dataFormat(RNNFormat.NCW)
                .build();
    }

    private static NeuralNetConfiguration.Builder general() {
        return new NeuralNetConfiguration.Builder().seed(5).updater(new Sgd(0.5));
    }

    private static MultiLayerNetwork network(NeuralNetConfiguration.Builder general, UnrolledLstm.Builder layer) {
        Setting setting = new Setting(Container.MULTI_LAYER, DataType.FLOAT);
        return (MultiLayerNetwork)
                TestNetwork.of(setting, general, layer.build(), output()).model();
    }

    /** The class is the input's largest feature. */
    private static DataSet data() {
        INDArray x = Sequences.random(DataType.FLOAT, 1, BATCH, INPUT, TIME);
        INDArray largest = x.argMax(1);
        INDArray y = Nd4j.zeros(DataType.FLOAT, BATCH, CLASSES, TIME);
        for (int b = 0; b < BATCH; b++) {
            for (int t = 0; t < TIME; t++) {
                y.putScalar(new int[] {b, largest.getInt(b, t), t}, 1);
            }
        }
        return new DataSet(x, y);
    }

    @Test
    void weightsDecayAndBiasesDoNot() {
        MultiLayerNetwork plain = network(general(), lstm());
        MultiLayerNetwork decayed = network(general().l2(0.1), lstm());
        Map<String, INDArray> before = decayed.clone().paramTable();
        assertThat(decayed.params()).isEqualTo(plain.params());
        double difference = decayed.score(data()) - plain.score(data());
        assertThat(difference).isCloseTo(0.05 * squares(before, "0_W", "0_RW", "1_W"), within(1e-4));
        plain.fit(data());
        decayed.fit(data());
        for (String key : List.of("0_W", "0_RW")) {
            INDArray expected = plain.getParam(key)
                    .sub(before.getOrDefault(key, Nd4j.scalar(0)).mul(0.5 * 0.1));
            LayerContractTest.assertClose(decayed.getParam(key), expected, 1e-6);
        }
        assertThat(decayed.getParam("0_b")).isEqualTo(plain.getParam("0_b"));
    }

    private static double squares(Map<String, INDArray> params, String... keys) {
        double sum = 0;
        for (String key : keys) {
            INDArray values = params.getOrDefault(key, Nd4j.scalar(0));
            sum += values.mul(values).sumNumber().doubleValue();
        }
        return sum;
    }

    @Test
    void constraintsHoldAfterEveryStep() {
        MultiLayerNetwork network = network(
                general(),
                lstm().constrainRecurrent(new MaxNormConstraint(0.3, 0))
                        .constrainInputWeights(new NonNegativeConstraint()));
        for (int i = 0; i < 3; i++) {
            network.fit(data());
            assertThat(network.getParam("0_RW").norm2(0).maxNumber().doubleValue())
                    .isLessThan(0.3 + 1e-5);
            assertThat(network.getParam("0_W").minNumber().doubleValue()).isGreaterThanOrEqualTo(0);
        }
        assertThat(network.getParam("0_b").minNumber().doubleValue()).isNegative();
    }

    @Test
    void gradientsAreNormalisedByLayer() {
        MultiLayerNetwork network = network(
                general().updater(new Sgd(1)),
                lstm().gradientNormalization(GradientNormalization.ClipL2PerLayer)
                        .gradientNormalizationThreshold(0.01));
        INDArray before = network.getLayer(0).params().dup();
        network.fit(data());
        assertThat(network.getLayer(0).params().sub(before).norm2Number().doubleValue())
                .isCloseTo(0.01, within(1e-5));
    }

    @Test
    void dropoutActsInTrainingOnly() {
        MultiLayerNetwork inputs = network(general(), lstm().dropOut(0.5));
        MultiLayerNetwork recurrent = network(general(), lstm().recurrentDropout(0.5));
        INDArray plain = network(general(), lstm()).output(data().getFeatures());
        for (MultiLayerNetwork network : List.of(inputs, recurrent)) {
            assertThat(network.output(data().getFeatures())).isEqualTo(plain);
            assertThat(network.feedForward(data().getFeatures(), true).get(2).dup())
                    .isNotEqualTo(plain);
            network.fit(data());
        }
    }

    @Test
    void theForgetGateAndTheWeightsBeginAsAsked() {
        MultiLayerNetwork network =
                network(general(), lstm().forgetGateBiasInit(2).biasInit(0.5).weightInitRecurrent(WeightInit.IDENTITY));
        INDArray bias = network.getParam("0_b");
        assertThat(bias.get(NDArrayIndex.interval(0, HIDDEN)).dup().toDoubleVector())
                .containsOnly(0.5);
        assertThat(bias.get(NDArrayIndex.interval(HIDDEN, 2 * HIDDEN)).dup().toDoubleVector())
                .containsOnly(2);
        INDArray gate = network.getParam("0_RW").get(NDArrayIndex.all(), NDArrayIndex.interval(HIDDEN, 2 * HIDDEN));
        assertThat(gate.dup('c')).isEqualTo(Nd4j.eye(HIDDEN).castTo(DataType.FLOAT));
        INDArray orthogonal = network(general(), lstm())
                .getParam("0_RW")
                .get(NDArrayIndex.all(), NDArrayIndex.interval(0, HIDDEN))
                .dup('c');
        LayerContractTest.assertClose(
                orthogonal.transpose().mmul(orthogonal), Nd4j.eye(HIDDEN).castTo(DataType.FLOAT), 1e-5);
    }

    @Test
    void itLearnsUnderListenersAndIsEvaluated() {
        MultiLayerNetwork network = network(general().updater(new Adam(0.03)), lstm());
        CollectScoresIterationListener scores = new CollectScoresIterationListener(1);
        network.setListeners(scores);
        for (int i = 0; i < 150; i++) {
            network.fit(data());
        }
        double[] seen = scores.getScoreVsIter().getEffectiveScores();
        assertThat(seen).hasSize(150);
        assertThat(seen[149]).isLessThan(0.3 * seen[0]);
        Evaluation evaluation = network.evaluate(new ListDataSetIterator<>(List.of(data())));
        assertThat(evaluation.accuracy()).isGreaterThan(0.9);
    }

    @Test
    void earlyStoppingTrainsAndKeepsAModel() {
        ListDataSetIterator<DataSet> training = new ListDataSetIterator<>(List.of(data()), BATCH);
        ListDataSetIterator<DataSet> validation = new ListDataSetIterator<>(List.of(data()), BATCH);
        EarlyStoppingConfiguration<MultiLayerNetwork> configuration = new EarlyStoppingConfiguration.Builder<
                        MultiLayerNetwork>()
                .epochTerminationConditions(new MaxEpochsTerminationCondition(5))
                .scoreCalculator(new DataSetLossCalculator(validation, false))
                .modelSaver(new InMemoryModelSaver<>())
                .build();
        MultiLayerNetwork network = network(general(), lstm());
        double before = network.score(data());
        EarlyStoppingResult<MultiLayerNetwork> result =
                new EarlyStoppingTrainer(configuration, network, training).fit();
        assertThat(result.getTotalEpochs()).isEqualTo(5);
        assertThat(result.getBestModel().score(data())).isLessThan(before);
    }

    @Test
    void transferLearningFreezesOurLayerAndReplacesTheOutput() {
        MultiLayerNetwork network = network(general(), lstm());
        MultiLayerNetwork transferred = new TransferLearning.Builder(network)
                .fineTuneConfiguration(new FineTuneConfiguration.Builder()
                        .updater(new Sgd(0.5))
                        .build())
                .setFeatureExtractor(0)
                .nOutReplace(1, CLASSES + 1, WeightInit.XAVIER)
                .build();
        INDArray frozen = network.getParam("0_W").dup();
        assertThat(transferred.getParam("0_W")).isEqualTo(frozen);
        INDArray y = Nd4j.concat(1, data().getLabels(), Nd4j.zeros(DataType.FLOAT, BATCH, 1, TIME));
        double before = transferred.score(new DataSet(data().getFeatures(), y));
        for (int i = 0; i < 5; i++) {
            transferred.fit(new DataSet(data().getFeatures(), y));
        }
        assertThat(transferred.score(new DataSet(data().getFeatures(), y))).isLessThan(before);
        assertThat(transferred.getParam("0_W")).isEqualTo(frozen);
        // The wider input of a replaced layer gets new weights.
        MultiLayerNetwork wider = new TransferLearning.Builder(network)
                .nOutReplace(0, HIDDEN + 2, WeightInit.XAVIER)
                .build();
        wider.fit(data());
        assertThat(wider.getParam("0_RW").shape()).containsExactly(HIDDEN + 2, 4 * (HIDDEN + 2));
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void aLearningRateOfItsOwnReachesTheBiases(Container container) {
        UnrolledGru.Builder gru =
                new UnrolledGru.Builder().threads(1).nIn(INPUT).nOut(HIDDEN);
        TestNetwork network = TestNetwork.of(
                new Setting(container, DataType.FLOAT),
                gru.biasUpdater(new Sgd(0)).build(),
                output());
        INDArray before = network.model().getParam("0_b").dup();
        INDArray weights = network.model().getParam("0_W").dup();
        network.fit(data());
        assertThat(network.model().getParam("0_b")).isEqualTo(before);
        assertThat(network.model().getParam("0_W")).isNotEqualTo(weights);
    }

    @Test
    void whatOurLayersDoNotComputeIsRefused() {
        assertThatThrownBy(() -> lstm().activation(Activation.RELU).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("computes with tanh");
        assertThatThrownBy(() -> lstm().recurrentDropout(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[0, 1)");
        assertThatThrownBy(() -> network(general().weightNoise(new DropConnect(0.5)), lstm()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("recurrentDropout");
        assertThatThrownBy(() -> TestNetwork.of(
                                new Setting(Container.MULTI_LAYER, DataType.FLOAT16), lstm().build(), output())
                        .output(data().getFeatures()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("dataType(DataType.FLOAT)");
    }
}
