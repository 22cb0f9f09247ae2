package io.github.unrolled.benchmarks;

import io.github.unrolled.random.Seed;
import java.util.random.RandomGenerator;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** Stock Deeplearning4j's layers, fed as its character example feeds them: one-hot, {@code [batch, features, time]}. */
final class Dl4jSubject {
    private Dl4jSubject() {}

    static Subject make(SequenceTask task) {
        if (task.sampling() || task.cell() != SequenceTask.Cell.LSTM) {
            throw new IllegalArgumentException("stock Deeplearning4j is measured on training of LSTM layers");
        }
        MultiLayerConfiguration configuration = new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(0.001))
                .gradientNormalization(GradientNormalization.ClipL2PerParamType)
                .gradientNormalizationThreshold(1)
                .list()
                .layer(lstm(SequenceTask.VOCABULARY, task.hidden()))
                .layer(lstm(task.hidden(), task.hidden()))
                .layer(new RnnOutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .nIn(task.hidden())
                        .nOut(SequenceTask.VOCABULARY)
                        .build())
                .build();
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init();
        RandomGenerator random = new Seed(1).generator();
        INDArray inputs = oneHot(task, random);
        INDArray targets = oneHot(task, random);
        return () -> network.fit(inputs, targets);
    }

    private static LSTM lstm(int in, int out) {
        return new LSTM.Builder().nIn(in).nOut(out).activation(Activation.TANH).build();
    }

    private static INDArray oneHot(SequenceTask task, RandomGenerator random) {
        INDArray array = Nd4j.create(new int[] {task.batch(), SequenceTask.VOCABULARY, task.window()}, 'f');
        for (int b = 0; b < task.batch(); b++) {
            for (int t = 0; t < task.window(); t++) {
                array.putScalar(b, random.nextInt(SequenceTask.VOCABULARY), t, 1);
            }
        }
        return array;
    }
}
