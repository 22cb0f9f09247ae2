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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * What the contract of cells says, kept by each recurrent layer inside both containers. All sizes differ, so that a swapped
 * axis fails.
 */
abstract class LayerContractTest {
    static final int INPUT = 3;
    static final int HIDDEN = 2;
    static final int CLASSES = 4;
    static final int TIME = 6;
    static final int BATCH = 5;
    private static final double SINGLE = 2e-5;

    /** A builder of the layer under test. */
    abstract UnrolledRecurrent.Builder<?> layer();

    private boolean bidirectional() {
        return recurrent(RNNFormat.NCW).isBidirectional();
    }

    private UnrolledRecurrent recurrent(RNNFormat format) {
        return layer().threads(1)
                .nIn(INPUT)
                .nOut(HIDDEN)
                .dataFormat(format)
                .biasInit(0.1)
                .build();
    }

    private Layer[] layers() {
        return layers(RNNFormat.NCW);
    }

    private Layer[] layers(RNNFormat format) {
        UnrolledRecurrent recurrent = recurrent(format);
        // Without clipping of the softmax, as gradient checks demand.
        Layer output = new RnnOutputLayer.Builder(new LossMCXENT(0, (INDArray) null))
                .nIn(recurrent.isBidirectional() ? 2 * HIDDEN : HIDDEN)
                .nOut(CLASSES)
                .dataFormat(format)
                .build();
        return new Layer[] {recurrent, output};
    }

    private TestNetwork network(Container container, DataType type) {
        TestNetwork network = TestNetwork.of(new Setting(container, type), layers());
        // Random everywhere: a bias of zero would hide mistakes.
        network.params()
                .assign(Sequences.random(type, 3, network.params().length())
                        .reshape(network.params().shape()));
        return network;
    }

    private static INDArray x(DataType type) {
        return Sequences.random(type, 11, BATCH, INPUT, TIME);
    }

    private static INDArray y(DataType type) {
        return Sequences.oneHot(type, 12, BATCH, CLASSES, TIME);
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void gradientsEqualDifferences(Container container) {
        checkGradients(network(container, DataType.DOUBLE), x(DataType.DOUBLE), y(DataType.DOUBLE), null);
    }

    @ParameterizedTest
    @CsvSource({
        "MULTI_LAYER, LEFT",
        "MULTI_LAYER, RIGHT",
        "MULTI_LAYER, HOLES",
        "GRAPH, LEFT",
        "GRAPH, RIGHT",
        "GRAPH, HOLES"
    })
    void gradientsUnderMasksEqualDifferences(Container container, MaskKind kind) {
        INDArray mask = kind.of(DataType.DOUBLE, BATCH, TIME);
        checkGradients(network(container, DataType.DOUBLE), x(DataType.DOUBLE), y(DataType.DOUBLE), mask);
    }

    @Test
    void gradientsInTheOtherDataFormatEqualDifferences() {
        TestNetwork network = TestNetwork.of(new Setting(Container.GRAPH, DataType.DOUBLE), layers(RNNFormat.NWC));
        checkGradients(
                network,
                x(DataType.DOUBLE).permute(0, 2, 1).dup(),
                y(DataType.DOUBLE).permute(0, 2, 1).dup(),
                null);
    }

    static void checkGradients(TestNetwork network, INDArray x, INDArray y, @Nullable INDArray mask) {
        DataType before = Nd4j.dataType();
        // GradientCheckUtil asks for it, beside the network's own type.
        Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
        try {
            assertThat(gradientsAreRight(network, x, y, mask))
                    .as("see the log of GradientCheckUtil")
                    .isTrue();
        } finally {
            Nd4j.setDefaultDataTypes(before, before);
        }
    }

    private static boolean gradientsAreRight(TestNetwork network, INDArray x, INDArray y, @Nullable INDArray mask) {
        if (network.isGraph()) {
            return GradientCheckUtil.checkGradients(new GradientCheckUtil.GraphConfig()
                    .net((ComputationGraph) network.model())
                    .inputs(new INDArray[] {x})
                    .labels(new INDArray[] {y})
                    .inputMask(mask == null ? null : new INDArray[] {mask})
                    .labelMask(mask == null ? null : new INDArray[] {mask})
                    .maxRelError(1e-5));
        }
        return GradientCheckUtil.checkGradients(new GradientCheckUtil.MLNConfig()
                .net((MultiLayerNetwork) network.model())
                .input(x)
                .labels(y)
                .inputMask(mask)
                .labelMask(mask)
                .maxRelError(1e-5));
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void singlePrecisionAgreesWithDouble(Container container) {
        TestNetwork truth = network(container, DataType.DOUBLE);
        TestNetwork fast = network(container, DataType.FLOAT);
        assertClose(fast.output(x(DataType.FLOAT)), truth.output(x(DataType.DOUBLE)), SINGLE);
        assertClose(
                fast.gradient(x(DataType.FLOAT), y(DataType.FLOAT)),
                truth.gradient(x(DataType.DOUBLE), y(DataType.DOUBLE)),
                SINGLE);
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void singleStepsEqualTheWholeSequence(Container container) {
        TestNetwork network = network(container, DataType.FLOAT);
        INDArray x = x(DataType.FLOAT);
        if (bidirectional()) {
            assertThatThrownBy(() -> network.timeStep(x))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("bidirectional");
            return;
        }
        INDArray whole = network.output(x);
        for (int round = 0; round < 2; round++) {
            network.clearState();
            for (int t = 0; t < TIME; t++) {
                INDArray step = x.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.point(t));
                INDArray expected = whole.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.point(t));
                assertClose(network.timeStep(step), expected, SINGLE);
            }
        }
        network.clearState();
        INDArray first = network.timeStep(x.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(0, 2)));
        INDArray rest = network.timeStep(x.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(2, TIME)));
        assertClose(Nd4j.concat(2, first, rest), whole, SINGLE);
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void aKeptStateOfAnotherBatchIsNamed(Container container) {
        if (bidirectional()) {
            return;
        }
        TestNetwork network = network(container, DataType.FLOAT);
        network.timeStep(x(DataType.FLOAT));
        assertThatThrownBy(() -> network.timeStep(Sequences.random(DataType.FLOAT, 1, BATCH + 1, INPUT, 1)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("rnnClearPreviousState");
    }

    @ParameterizedTest
    @CsvSource({
        "MULTI_LAYER, LEFT",
        "MULTI_LAYER, RIGHT",
        "MULTI_LAYER, HOLES",
        "GRAPH, LEFT",
        "GRAPH, RIGHT",
        "GRAPH, HOLES"
    })
    void whatTheMaskHidesMayBeAnything(Container container, MaskKind kind) {
        TestNetwork network = network(container, DataType.FLOAT);
        INDArray mask = kind.of(DataType.FLOAT, BATCH, TIME);
        INDArray x = x(DataType.FLOAT);
        INDArray clean = network.output(x, mask).dup();
        INDArray gradient = network.gradient(x, y(DataType.FLOAT), mask, mask);
        for (int b = 0; b < BATCH; b++) {
            for (int t = 0; t < TIME; t++) {
                if (!kind.real(b, t)) {
                    x.get(NDArrayIndex.point(b), NDArrayIndex.all(), NDArrayIndex.point(t))
                            .assign(1e3);
                }
            }
        }
        assertThat(network.output(x, mask)).isEqualTo(clean);
        assertThat(network.gradient(x, y(DataType.FLOAT), mask, mask)).isEqualTo(gradient);
        assertThat(network.output(x)).isNotEqualTo(clean);
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void sequencesOfABatchAreIndependent(Container container) {
        TestNetwork network = network(container, DataType.FLOAT);
        INDArray x = x(DataType.FLOAT);
        INDArray before = network.output(x).dup();
        x.get(NDArrayIndex.point(1)).addi(0.5);
        INDArray after = network.output(x);
        assertThat(after.get(NDArrayIndex.point(0)).dup())
                .isEqualTo(before.get(NDArrayIndex.point(0)).dup());
        assertThat(after.get(NDArrayIndex.point(1)).dup())
                .isNotEqualTo(before.get(NDArrayIndex.point(1)).dup());
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void aSavedNetworkGivesTheSameBitsAndTrainsOn(Container container, @TempDir Path folder) throws IOException {
        TestNetwork network = TestNetwork.of(new Setting(container, DataType.FLOAT, new Adam(0.01), 0), layers());
        DataSet data = new DataSet(x(DataType.FLOAT), y(DataType.FLOAT));
        network.fit(data);
        TestNetwork loaded = network.savedAndLoaded(folder);
        assertThat(loaded.output(x(DataType.FLOAT))).isEqualTo(network.output(x(DataType.FLOAT)));
        network.fit(data);
        loaded.fit(data);
        assertThat(loaded.params()).isEqualTo(network.params());
        assertThat(network.configurationSurvivesJson()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void aCloneIsANetworkOfItsOwn(Container container) {
        TestNetwork network = network(container, DataType.FLOAT);
        INDArray before = network.output(x(DataType.FLOAT)).dup();
        TestNetwork clone = network.copy();
        assertThat(clone.output(x(DataType.FLOAT))).isEqualTo(before);
        clone.fit(new DataSet(x(DataType.FLOAT), y(DataType.FLOAT)));
        assertThat(clone.output(x(DataType.FLOAT))).isNotEqualTo(before);
        assertThat(network.output(x(DataType.FLOAT))).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void parametersThatChangeOutsideCountAtOnce(Container container) {
        TestNetwork network = network(container, DataType.FLOAT);
        INDArray before = network.output(x(DataType.FLOAT)).dup();
        network.params().muli(0.5);
        INDArray changed = network.output(x(DataType.FLOAT)).dup();
        assertThat(changed).isNotEqualTo(before);
        network.params().muli(2);
        assertThat(network.output(x(DataType.FLOAT))).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void networksInTwoThreadsDoNotTouch(Container container) throws Exception {
        List<INDArray> alone = trained(container);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<List<INDArray>>> runs = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                runs.add(threads.submit(() -> trained(container)));
            }
            for (Future<List<INDArray>> run : runs) {
                assertThat(run.get()).isEqualTo(alone);
            }
        } finally {
            threads.shutdown();
        }
    }

    private List<INDArray> trained(Container container) {
        TestNetwork network = network(container, DataType.FLOAT);
        List<INDArray> outputs = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            network.fit(new DataSet(x(DataType.FLOAT), y(DataType.FLOAT)));
            outputs.add(network.output(x(DataType.FLOAT)).dup());
        }
        return outputs;
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void oneNetworkServesThreadsInTurn(Container container) throws Exception {
        TestNetwork network = network(container, DataType.FLOAT);
        INDArray expected = network.output(x(DataType.FLOAT)).dup();
        for (int i = 0; i < 3; i++) {
            ExecutorService thread = Executors.newSingleThreadExecutor();
            try {
                assertThat(thread.submit(() -> network.output(x(DataType.FLOAT)))
                                .get())
                        .isEqualTo(expected);
            } finally {
                thread.shutdown();
            }
        }
        assertThat(network.output(x(DataType.FLOAT))).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void nativeMemoryStaysAsItIsAfterTheFirstSteps(Container container) {
        TestNetwork network = network(container, DataType.FLOAT);
        long held = 0;
        for (int i = 0; i < 40; i++) {
            network.fit(new DataSet(x(DataType.FLOAT), y(DataType.FLOAT)));
            network.output(x(DataType.FLOAT));
            if (i == 2) {
                held = network.nativeBytes();
            }
        }
        assertThat(held).isPositive();
        assertThat(network.nativeBytes()).isEqualTo(held);
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void oneStepOfOneSequenceWorks(Container container) {
        INDArray x = Sequences.random(DataType.DOUBLE, 4, 1, INPUT, 1);
        INDArray y = Sequences.oneHot(DataType.DOUBLE, 5, 1, CLASSES, 1);
        TestNetwork truth = network(container, DataType.DOUBLE);
        TestNetwork fast = network(container, DataType.FLOAT);
        assertClose(fast.gradient(x.castTo(DataType.FLOAT), y.castTo(DataType.FLOAT)), truth.gradient(x, y), SINGLE);
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void anInputOfTheWrongWidthIsNamed(Container container) {
        TestNetwork network = network(container, DataType.FLOAT);
        assertThatThrownBy(() -> network.output(Sequences.random(DataType.FLOAT, 1, BATCH, TIME, INPUT)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[5, 6, 3]")
                .hasMessageContaining("time and features were swapped");
    }

    @Test
    void parametersLieInTheFlattenedArray() {
        TestNetwork network = network(Container.MULTI_LAYER, DataType.FLOAT);
        INDArray weights = network.model().paramTable().get(bidirectional() ? "0_fW" : "0_W");
        assertThat(weights.ordering()).isEqualTo('c');
        weights.putScalar(0, 1, 42);
        assertThat(network.params().getDouble(1)).isEqualTo(42);
    }

    static void assertClose(INDArray found, INDArray expected, double tolerance) {
        assertThat(found.shape()).isEqualTo(expected.shape());
        assertThat(NDArrays.values(found)).containsExactly(NDArrays.values(expected), within(tolerance));
    }
}
