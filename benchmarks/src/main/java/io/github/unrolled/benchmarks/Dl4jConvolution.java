package io.github.unrolled.benchmarks;

import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** The same network of stock Deeplearning4j's layers. */
final class Dl4jConvolution {
    private Dl4jConvolution() {}

    static Subject make(ImageTask task) {
        if (!task.training()) {
            throw new IllegalArgumentException("stock Deeplearning4j is measured on training of convolutions");
        }
        NeuralNetConfiguration.ListBuilder builder = new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(0.001))
                .weightInit(WeightInit.RELU)
                .list();
        for (int i = 0; i < ImageTask.LAYERS; i++) {
            boolean last = i == ImageTask.LAYERS - 1;
            builder.layer(new ConvolutionLayer.Builder(ImageTask.SIZE, ImageTask.SIZE)
                    .nIn(ImageTask.in(i))
                    .nOut(ImageTask.out(i))
                    .convolutionMode(ConvolutionMode.Same)
                    .activation(last ? Activation.IDENTITY : Activation.RELU)
                    .build());
        }
        builder.layer(new CnnLossLayer.Builder(LossFunctions.LossFunction.MSE)
                .activation(Activation.IDENTITY)
                .build());
        MultiLayerNetwork network =
                new MultiLayerNetwork(builder.setInputType(InputType.convolutional(task.side(), task.side(), 1))
                        .build());
        network.init();
        INDArray images = Nd4j.rand(task.batch(), 1, task.side(), task.side());
        INDArray targets = Nd4j.rand(task.batch(), 1, task.side(), task.side());
        return () -> network.fit(images, targets);
    }
}
