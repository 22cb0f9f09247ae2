package io.github.unrolled.examples;

import io.github.unrolled.datasets.datavec.TextSequenceRecordReader;
import io.github.unrolled.datasets.grammar.GrammarCorpus;
import io.github.unrolled.datasets.text.Vocabulary;
import io.github.unrolled.dl4j.UnrolledLstm;
import io.github.unrolled.random.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.datavec.api.split.FileSplit;
import org.deeplearning4j.datasets.datavec.SequenceRecordReaderDataSetIterator;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/**
 * The classic of Deeplearning4j's examples, a character model of two LSTM layers that is trained by truncated
 * backpropagation through time and then writes. It runs twice, with Deeplearning4j's own LSTM and with ours in its place;
 * nothing else differs. With a text file as argument it learns that, otherwise an invented language.
 */
public final class CharacterModelling {
    private static final int BATCH = 32;
    private static final int WINDOW = 200;
    private static final int SEGMENT = 50;
    private static final double LEARNING_RATE = 0.005;
    /** Of each of the two trainings, where {@link #BATCHES} would take longer. */
    private static final double SECONDS = 20;

    private static final int BATCHES = 30;

    private CharacterModelling() {}

    /** A recurrent layer of given sizes: the one thing that is swapped. */
    interface Recurrent {
        Layer of(int in, int out);
    }

    /**
     * What a training was.
     *
     * @param network as it is afterwards
     * @param firstScore of the first batch, nats per sequence
     * @param lastScore of the last batch
     * @param batches that it saw
     * @param secondsPerBatch without the first batch, in which libraries load and code is compiled
     */
    record Run(MultiLayerNetwork network, double firstScore, double lastScore, int batches, double secondsPerBatch) {}

    /** Trains both and prints the two times and a sample. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path text = args.length > 0 ? Path.of(args[0]) : inventedText(400_000);
        TextSequenceRecordReader reader = reader(text);
        Run stock = train(CharacterModelling::stockLstm, reader, 200, BATCHES);
        Run ours = train(CharacterModelling::ourLstm, reader, 200, BATCHES);
        System.out.printf(
                Locale.ROOT,
                "Deeplearning4j's LSTM: %.2f s per batch, score %.1f to %.1f in %d batches%n"
                        + "Unrolled's LSTM:       %.2f s per batch, score %.1f to %.1f in %d batches, %.1f times as fast%n",
                stock.secondsPerBatch,
                stock.firstScore,
                stock.lastScore,
                stock.batches,
                ours.secondsPerBatch,
                ours.firstScore,
                ours.lastScore,
                ours.batches,
                stock.secondsPerBatch / ours.secondsPerBatch);
        System.out.println(sample(ours.network, reader.vocabulary(), 200, new Seed(1)));
    }

    // snippet: swap
    static Layer stockLstm(int in, int out) {
        return new LSTM.Builder().nIn(in).nOut(out).activation(Activation.TANH).build();
    }

    static Layer ourLstm(int in, int out) {
        return new UnrolledLstm.Builder().nIn(in).nOut(out).build();
    }
    // end of snippet

    /** A text of the embedded grammar, in a temporary file. */
    static Path inventedText(int characters) throws IOException {
        int[] codePoints = GrammarCorpus.standard().generate(new Seed(3), characters);
        Path file = Files.createTempFile("grammar", ".txt");
        file.toFile().deleteOnExit();
        return Files.writeString(file, new String(codePoints, 0, codePoints.length));
    }

    static TextSequenceRecordReader reader(Path text) throws IOException, InterruptedException {
        TextSequenceRecordReader reader = new TextSequenceRecordReader(WINDOW);
        reader.initialize(new FileSplit(text.toFile()));
        return reader;
    }

    /** Trains a network of that layer on the first batches of a text: at least two, and no further ones after SECONDS. */
    static Run train(Recurrent layer, TextSequenceRecordReader reader, int hidden, int batches) {
        reader.reset();
        int characters = reader.vocabulary().size();
        MultiLayerNetwork network = network(layer, characters, hidden);
        DataSetIterator iterator = new SequenceRecordReaderDataSetIterator(reader, BATCH, characters, 1);
        double first = 0;
        int done = 0;
        double seconds = 0;
        long begin = System.nanoTime();
        while (done < 2 || (done < batches && seconds < SECONDS)) {
            DataSet batch = iterator.next();
            batch.setFeatures(oneHot(batch.getFeatures(), characters));
            network.fit(batch);
            if (done++ == 0) {
                first = network.score();
                begin = System.nanoTime();
            }
            seconds = (System.nanoTime() - begin) * 1e-9;
        }
        return new Run(network, first, network.score(), done, seconds / (done - 1));
    }

    private static MultiLayerNetwork network(Recurrent layer, int characters, int hidden) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(12345)
                .updater(new Adam(LEARNING_RATE))
                .list()
                .layer(layer.of(characters, hidden))
                .layer(layer.of(hidden, hidden))
                .layer(new RnnOutputLayer.Builder().nIn(hidden).nOut(characters).build())
                .backpropType(BackpropType.TruncatedBPTT)
                .tBPTTLength(SEGMENT)
                .build());
        network.init();
        return network;
    }

    /** Tokens {@code [batch, 1, time]} as vectors with a single 1, {@code [batch, characters, time]}. */
    private static INDArray oneHot(INDArray tokens, int characters) {
        int batch = (int) tokens.size(0);
        int time = (int) tokens.size(2);
        INDArray vectors = Nd4j.zeros(batch, characters, time);
        for (int b = 0; b < batch; b++) {
            for (int t = 0; t < time; t++) {
                vectors.putScalar(new int[] {b, tokens.getInt(b, 0, t), t}, 1);
            }
        }
        return vectors;
    }

    /** Lets the network write, each character drawn from what it predicts. */
    static String sample(MultiLayerNetwork network, Vocabulary vocabulary, int length, Seed seed) {
        RandomGenerator random = seed.generator();
        network.rnnClearPreviousState();
        int[] written = new int[length];
        int token = 0;
        for (int i = 0; i < length; i++) {
            INDArray x = Nd4j.zeros(1, vocabulary.size());
            x.putScalar(0, token, 1);
            token = draw(network.rnnTimeStep(x).toDoubleVector(), random);
            written[i] = token;
        }
        return vocabulary.decode(written);
    }

    private static int draw(double[] probabilities, RandomGenerator random) {
        double left = random.nextDouble();
        for (int token = 0; token < probabilities.length; token++) {
            left -= probabilities[token];
            if (left < 0) {
                return token;
            }
        }
        return probabilities.length - 1;
    }
}
