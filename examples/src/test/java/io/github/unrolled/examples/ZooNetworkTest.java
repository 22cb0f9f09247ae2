package io.github.unrolled.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Backends;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.models.charlm.CharLm;
import io.github.unrolled.models.charlm.SavedCharLm;
import io.github.unrolled.models.dl4j.CharLmNetwork;
import io.github.unrolled.models.zoo.Zoo;
import io.github.unrolled.tensor.Tensor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** The shipped character model inside Deeplearning4j. */
final class ZooNetworkTest {
    private static final int TIME = 12;
    private static final int BATCH = 2;

    @Test
    void theShippedModelPredictsTheSameAsANetworkAndFitFineTunesIt() {
        Backend backend = Backends.best();
        try (SavedCharLm saved = Zoo.load("charlm/shakespeare", backend)) {
            int[] tokens = saved.vocabulary().encode("ROMEO: my love\nGood night ");
            MultiLayerNetwork network = CharLmNetwork.of(saved.model(), new Sgd(0.01), TIME);
            assertThat(network.numParams()).isEqualTo(saved.model().parameterCount());
            INDArray x = Nd4j.zeros(BATCH, 1, TIME);
            INDArray y = Nd4j.zeros(BATCH, saved.vocabulary().size(), TIME);
            int[] ours = new int[TIME * BATCH];
            for (int b = 0; b < BATCH; b++) {
                for (int t = 0; t < TIME; t++) {
                    ours[t * BATCH + b] = tokens[b * TIME + t];
                    x.putScalar(b, 0, t, tokens[b * TIME + t]);
                    y.putScalar(new int[] {b, tokens[b * TIME + t + 1], t}, 1);
                }
            }
            INDArray found = network.output(x);
            float[] expected = probabilities(backend, saved.model(), ours);
            int vocabulary = saved.vocabulary().size();
            for (int b = 0; b < BATCH; b++) {
                for (int t = 0; t < TIME; t++) {
                    for (int c = 0; c < vocabulary; c++) {
                        assertThat(found.getDouble(b, c, t))
                                .isCloseTo(expected[(t * BATCH + b) * vocabulary + c], within(1e-5));
                    }
                }
            }
            double before = network.score(new DataSet(x, y));
            for (int i = 0; i < 3; i++) {
                network.fit(new DataSet(x, y));
            }
            assertThat(network.score(new DataSet(x, y))).isLessThan(before);
        }
    }

    private static float[] probabilities(Backend backend, CharLm model, int[] tokens) {
        try (Engine engine = backend.newEngine(1);
                Tape tape = Tape.inference(engine)) {
            Tensor logits = model.logits(tape, tokens, TIME, model.stack().zeroState(tape, BATCH))
                    .outputs()
                    .value();
            Tensor result = tape.allocate(logits.shape());
            engine.softmax(logits, result);
            return result.toFloats();
        }
    }
}
