package io.github.unrolled.dl4j;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.util.ModelSerializer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;

/** The same stack of layers in either container, behind one interface. Layer i is called {@code "i"} in the graph. */
record TestNetwork(Model model) {
    enum Container {
        MULTI_LAYER,
        GRAPH
    }

    /** What a network is made of beside its layers. */
    record Setting(Container container, DataType type, IUpdater updater, int truncation) {
        Setting(Container container, DataType type) {
            this(container, type, new Sgd(1), 0);
        }
    }

    static TestNetwork of(Setting setting, Layer... layers) {
        NeuralNetConfiguration.Builder general = new NeuralNetConfiguration.Builder()
                .seed(5)
                .dataType(setting.type)
                .updater(setting.updater);
        return of(setting, general, layers);
    }

    static TestNetwork of(Setting setting, NeuralNetConfiguration.Builder general, Layer... layers) {
        boolean truncated = setting.truncation > 0;
        if (setting.container == Container.MULTI_LAYER) {
            NeuralNetConfiguration.ListBuilder list = general.list(layers);
            if (truncated) {
                list.backpropType(BackpropType.TruncatedBPTT).tBPTTLength(setting.truncation);
            }
            MultiLayerNetwork network = new MultiLayerNetwork(list.build());
            network.init();
            return new TestNetwork(network);
        }
        ComputationGraphConfiguration.GraphBuilder graph =
                general.graphBuilder().addInputs("in");
        for (int i = 0; i < layers.length; i++) {
            graph.addLayer(Integer.toString(i), layers[i], i == 0 ? "in" : Integer.toString(i - 1));
        }
        graph.setOutputs(Integer.toString(layers.length - 1));
        if (truncated) {
            graph.backpropType(BackpropType.TruncatedBPTT)
                    .tBPTTForwardLength(setting.truncation)
                    .tBPTTBackwardLength(setting.truncation);
        }
        ComputationGraph network = new ComputationGraph(graph.build());
        network.init();
        return new TestNetwork(network);
    }

    private MultiLayerNetwork list() {
        return (MultiLayerNetwork) model;
    }

    private ComputationGraph graph() {
        return (ComputationGraph) model;
    }

    boolean isGraph() {
        return model instanceof ComputationGraph;
    }

    INDArray output(INDArray x) {
        return isGraph() ? graph().outputSingle(x) : list().output(x);
    }

    INDArray output(INDArray x, @Nullable INDArray mask) {
        return isGraph()
                ? graph().output(false, new INDArray[] {x}, mask == null ? null : new INDArray[] {mask})[0]
                : list().output(x, false, mask, null);
    }

    INDArray timeStep(INDArray x) {
        return isGraph() ? graph().rnnTimeStep(x)[0] : list().rnnTimeStep(x);
    }

    void clearState() {
        if (isGraph()) {
            graph().rnnClearPreviousState();
        } else {
            list().rnnClearPreviousState();
        }
    }

    Map<String, INDArray> state(int layer) {
        return isGraph() ? graph().rnnGetPreviousState(Integer.toString(layer)) : list().rnnGetPreviousState(layer);
    }

    void setState(int layer, Map<String, INDArray> state) {
        if (isGraph()) {
            graph().rnnSetPreviousState(Integer.toString(layer), state);
        } else {
            list().rnnSetPreviousState(layer, state);
        }
    }

    void fit(DataSet data) {
        if (isGraph()) {
            graph().fit(data);
        } else {
            list().fit(data);
        }
    }

    /** Score and gradient of all parameters, as public {@code fit} computes them before the update. */
    List<INDArray> gradientsOfFit(DataSet data) {
        List<INDArray> found = new ArrayList<>();
        model.setListeners(new BaseTrainingListener() {
            @Override
            public void onGradientCalculation(Model of) {
                found.add(of.gradient().gradient().dup());
            }
        });
        fit(data);
        model.setListeners(List.of());
        return found;
    }

    /** What the first layer, which is recurrent, holds of native memory for the calling thread. */
    long nativeBytes() {
        Object first = isGraph() ? graph().getLayer("0") : list().getLayer(0);
        return ((TapeRecurrentLayer) first).execution().engine().backend().nativeBytes();
    }

    INDArray params() {
        return model.params();
    }

    INDArray gradient(INDArray x, INDArray y) {
        return gradient(x, y, null, null);
    }

    INDArray gradient(INDArray x, INDArray y, @Nullable INDArray mask, @Nullable INDArray labelMask) {
        if (isGraph()) {
            graph().setInputs(x);
            graph().setLabels(y);
            graph().setLayerMaskArrays(
                            mask == null ? null : new INDArray[] {mask},
                            labelMask == null ? null : new INDArray[] {labelMask});
        } else {
            list().setInput(x);
            list().setLabels(y);
            list().setLayerMaskArrays(mask, labelMask);
        }
        model.computeGradientAndScore(LayerWorkspaceMgr.noWorkspaces());
        INDArray gradient = model.gradient().gradient().dup();
        if (isGraph()) {
            graph().clearLayerMaskArrays();
        } else {
            list().clearLayerMaskArrays();
        }
        return gradient;
    }

    TestNetwork copy() {
        return new TestNetwork(isGraph() ? graph().clone() : list().clone());
    }

    TestNetwork savedAndLoaded(Path folder) throws IOException {
        File file = folder.resolve("network.zip").toFile();
        ModelSerializer.writeModel(model, file, true);
        return new TestNetwork(
                isGraph()
                        ? ModelSerializer.restoreComputationGraph(file, true)
                        : ModelSerializer.restoreMultiLayerNetwork(file, true));
    }

    /** The configuration, written as JSON and read again, equals itself. */
    boolean configurationSurvivesJson() {
        if (isGraph()) {
            ComputationGraphConfiguration before = graph().getConfiguration();
            return ComputationGraphConfiguration.fromJson(before.toJson()).equals(before)
                    && ComputationGraphConfiguration.fromYaml(before.toYaml()).equals(before);
        }
        MultiLayerConfiguration before = list().getLayerWiseConfigurations();
        return MultiLayerConfiguration.fromJson(before.toJson()).equals(before)
                && MultiLayerConfiguration.fromYaml(before.toYaml()).equals(before);
    }
}
