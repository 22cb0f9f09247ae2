package io.github.unrolled.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unrolled.dl4j.TestNetwork.Container;
import io.github.unrolled.dl4j.TestNetwork.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * Truncated backpropagation through time by public {@code fit}: of three segments, each updates the parameters and hands its
 * state to the next. The gradient that a segment trains on must be that of its own loss, with the state that it began with
 * held fixed; the differences are formed by {@code rnnTimeStep}, which has nothing to do with training.
 */
class TruncatedBpttTest {
    private static final int INPUT = 3;
    private static final int HIDDEN = 4;
    private static final int CLASSES = 5;
    private static final int BATCH = 2;
    private static final int SEGMENT = 4;
    private static final int SEGMENTS = 3;
    private static final double STEP = 1e-5;

    private enum Kind {
        LSTM,
        GRU,
        RNN,
        STOCK_LSTM
    }

    private static Layer recurrent(Kind kind) {
        return switch (kind) {
            case LSTM ->
                new UnrolledLstm.Builder().threads(1).nIn(INPUT).nOut(HIDDEN).build();
            case GRU ->
                new UnrolledGru.Builder().threads(1).nIn(INPUT).nOut(HIDDEN).build();
            case RNN ->
                new UnrolledRnn.Builder().threads(1).nIn(INPUT).nOut(HIDDEN).build();
            case STOCK_LSTM ->
                new LSTM.Builder()
                        .activation(Activation.TANH)
                        .nIn(INPUT)
                        .nOut(HIDDEN)
                        .build();
        };
    }

    private static TestNetwork network(Kind kind, Container container) {
        Layer output = new RnnOutputLayer.Builder(new LossMCXENT(0, (INDArray) null))
                .nIn(HIDDEN)
                .nOut(CLASSES)
                .dataFormat(RNNFormat.NCW)
                .build();
        return TestNetwork.of(new Setting(container, DataType.DOUBLE, new Sgd(0.3), SEGMENT), recurrent(kind), output);
    }

    /** What one segment of a fit was: its parameters before the update, and the gradient it computed. */
    private record Segment(INDArray params, INDArray gradient) {}

    private static List<Segment> fit(TestNetwork network, INDArray x, INDArray y) {
        List<Segment> segments = new ArrayList<>();
        network.model().setListeners(new BaseTrainingListener() {
            @Override
            public void onGradientCalculation(Model model) {
                segments.add(new Segment(
                        model.params().dup(), model.gradient().gradient().dup()));
            }
        });
        network.fit(new DataSet(x, y));
        network.model().setListeners(List.of());
        return segments;
    }

    @ParameterizedTest
    @CsvSource({"LSTM, MULTI_LAYER", "LSTM, GRAPH", "GRU, MULTI_LAYER", "GRU, GRAPH", "RNN, MULTI_LAYER", "RNN, GRAPH"})
    void gradientsOfFitEqualDifferencesWithCarriedState(Kind kind, Container container) {
        List<Double> errors = relativeErrors(kind, container, false);
        assertThat(errors)
                .hasSize(SEGMENTS)
                .allSatisfy(error -> assertThat(error).isLessThan(1e-6));
    }

    /**
     * What stock Deeplearning4j 1.0.0-M2.1 does on the same case: its forward pass carries the state, its backward pass begins
     * at zero. When this fails, it has been repaired there.
     */
    @ParameterizedTest
    @EnumSource(Container.class)
    void stockGradientsAreWrongAfterTheFirstSegment(Container container) {
        List<Double> recurrent = relativeErrors(Kind.STOCK_LSTM, container, false);
        assertThat(recurrent.get(0)).isLessThan(1e-6);
        assertThat(recurrent.subList(1, SEGMENTS))
                .allSatisfy(error -> assertThat(error).isGreaterThan(0.05));
        List<Double> output = relativeErrors(Kind.STOCK_LSTM, container, true);
        assertThat(output).allSatisfy(error -> assertThat(error).isLessThan(1e-6));
    }

    /** For each segment, the largest difference of a layer's gradients as part of its largest gradient. */
    private static List<Double> relativeErrors(Kind kind, Container container, boolean ofOutputLayer) {
        INDArray x = Sequences.random(DataType.DOUBLE, 21, BATCH, INPUT, SEGMENT * SEGMENTS);
        INDArray y = Sequences.oneHot(DataType.DOUBLE, 22, BATCH, CLASSES, SEGMENT * SEGMENTS);
        List<Segment> segments = fit(network(kind, container), x, y);
        TestNetwork probe = network(kind, container);
        long outputs = (HIDDEN + 1L) * CLASSES;
        List<Double> errors = new ArrayList<>();
        Map<String, INDArray> state = Map.of();
        for (int i = 0; i < segments.size(); i++) {
            INDArray xs = segment(x, i);
            INDArray ys = segment(y, i);
            long count = segments.get(i).params().length();
            long from = ofOutputLayer ? count - outputs : 0;
            long to = ofOutputLayer ? count : count - outputs;
            double largest = 0;
            double difference = 0;
            for (long p = from; p < to; p++) {
                double numeric = (loss(probe, segments.get(i).params(), p, STEP, state, xs, ys)
                                - loss(probe, segments.get(i).params(), p, -STEP, state, xs, ys))
                        / (2 * STEP);
                double found = segments.get(i).gradient().getDouble(p);
                largest = Math.max(largest, Math.abs(numeric));
                difference = Math.max(difference, Math.abs(numeric - found));
            }
            errors.add(difference / largest);
            loss(probe, segments.get(i).params(), 0, 0, state, xs, ys);
            state = detached(probe.state(0));
        }
        return errors;
    }

    private static INDArray segment(INDArray sequence, int index) {
        return sequence.get(
                        NDArrayIndex.all(),
                        NDArrayIndex.all(),
                        NDArrayIndex.interval(index * SEGMENT, (index + 1) * SEGMENT))
                .dup();
    }

    private static Map<String, INDArray> detached(Map<String, INDArray> state) {
        Map<String, INDArray> copy = new LinkedHashMap<>();
        state.forEach((key, value) -> copy.put(key, value.dup()));
        return copy;
    }

    /** The summed cross-entropy of a segment from a state, with one parameter moved. */
    private static double loss(
            TestNetwork network,
            INDArray params,
            long moved,
            double by,
            Map<String, INDArray> state,
            INDArray x,
            INDArray y) {
        network.params().assign(params);
        network.params().putScalar(moved, params.getDouble(moved) + by);
        network.clearState();
        network.setState(0, state);
        INDArray probabilities = network.timeStep(x);
        double loss = 0;
        for (int b = 0; b < BATCH; b++) {
            for (int c = 0; c < CLASSES; c++) {
                for (int t = 0; t < SEGMENT; t++) {
                    loss -= y.getDouble(b, c, t) * Math.log(probabilities.getDouble(b, c, t));
                }
            }
        }
        return loss;
    }
}
