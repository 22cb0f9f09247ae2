package io.github.unrolled.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Backends;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.model.ModelFileException;
import io.github.unrolled.model.StockNetworkFile;
import io.github.unrolled.models.charlm.SavedCharLm;
import io.github.unrolled.models.charlm.StockCharLm;
import io.github.unrolled.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A stock network's file, read without Deeplearning4j, predicts what the network predicts. */
final class StockCharLmTest {
    /** Not in ascending order, as the list of a program of one's own may be. */
    private static final int[] CHARACTERS = "b ca".codePoints().toArray();

    private static final int HIDDEN = 3;
    private static final int[] TEXT = {2, 0, 3, 1, 1, 0};

    private static Layer recurrent(boolean lstm, int in) {
        return lstm
                ? new LSTM.Builder()
                        .nIn(in)
                        .nOut(HIDDEN)
                        .activation(Activation.TANH)
                        .build()
                : new SimpleRnn.Builder()
                        .nIn(in)
                        .nOut(HIDDEN)
                        .activation(Activation.TANH)
                        .build();
    }

    private static MultiLayerNetwork stock(boolean lstm) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .list()
                .layer(recurrent(lstm, CHARACTERS.length))
                .layer(recurrent(lstm, HIDDEN))
                .layer(new RnnOutputLayer.Builder()
                        .nIn(HIDDEN)
                        .nOut(CHARACTERS.length)
                        .build())
                .build());
        network.init();
        network.params().addi(Nd4j.rand(network.params().shape()).subi(0.5));
        return network;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aConvertedFilePredictsTheSame(boolean lstm, @TempDir Path folder) throws IOException {
        MultiLayerNetwork network = stock(lstm);
        Path file = folder.resolve("stock.zip");
        network.save(file.toFile());
        Backend backend = Backends.best();
        try (SavedCharLm saved = StockCharLm.convert("stock.zip", StockNetworkFile.read(file), CHARACTERS, backend);
                Engine engine = backend.newEngine(1);
                Tape tape = Tape.inference(engine)) {
            INDArray x = Nd4j.zeros(1, CHARACTERS.length, TEXT.length);
            int[] tokens = new int[TEXT.length];
            for (int t = 0; t < TEXT.length; t++) {
                x.putScalar(new int[] {0, TEXT[t], t}, 1);
                tokens[t] = saved.vocabulary().encode(new int[] {CHARACTERS[TEXT[t]]})[0];
            }
            INDArray expected = network.output(x);
            Tensor logits = saved.model()
                    .logits(tape, tokens, TEXT.length, saved.model().stack().zeroState(tape, 1))
                    .outputs()
                    .value();
            Tensor probabilities = tape.allocate(logits.shape());
            engine.softmax(logits, probabilities);
            float[] found = probabilities.toFloats();
            for (int t = 0; t < TEXT.length; t++) {
                for (int c = 0; c < CHARACTERS.length; c++) {
                    int token = saved.vocabulary().encode(new int[] {CHARACTERS[c]})[0];
                    assertThat((double) found[t * CHARACTERS.length + token])
                            .isCloseTo(expected.getDouble(0, c, t), within(1e-5));
                }
            }
            assertThatThrownBy(() -> StockCharLm.convert(
                            "stock.zip", StockNetworkFile.read(file), new int[] {'a', 'b', 'c', 'a'}, backend))
                    .isInstanceOf(ModelFileException.class)
                    .hasMessageContaining("each character is expected once");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 30, 500, 1500})
    void aFileThatIsCutIsNamed(int bytes, @TempDir Path folder) throws IOException {
        Path file = folder.resolve("stock.zip");
        stock(true).save(file.toFile());
        byte[] whole = Files.readAllBytes(file);
        assertThat(whole.length).isGreaterThan(bytes);
        Files.write(file, Arrays.copyOf(whole, bytes));
        assertThatThrownBy(() -> StockNetworkFile.read(file))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("stock.zip");
    }
}
