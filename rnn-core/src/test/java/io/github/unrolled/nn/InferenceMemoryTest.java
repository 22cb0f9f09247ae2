package io.github.unrolled.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Backends;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.nn.cell.Gru;
import io.github.unrolled.random.Seed;
import org.junit.jupiter.api.Test;

/** What is read again and again takes no more memory than what is read once. */
final class InferenceMemoryTest {
    private static final int TIME = 40;

    @Test
    void foldedEmbeddingsAreNotKept() {
        Backend backend = Backends.named("onednn");
        Parameters parameters = new Parameters(backend, new Seed(3));
        try (Engine engine = backend.newEngine(1);
                Tape tape = Tape.inference(engine);
                Embedding embedding = Embedding.create(parameters.scope("embedding"), 5, 16);
                Gru cell = new Gru(parameters.scope("cell"), new Gru.Options(16, 16, Gru.Reset.AFTER, 0))) {
            long after = 0;
            for (int i = 0; i < 100; i++) {
                tape.reset();
                cell.unrollTokens(tape, embedding, new int[TIME], TIME, cell.zeroState(tape, 1));
                if (i == 2) {
                    after = backend.nativeBytes();
                }
            }
            assertThat(backend.nativeBytes()).isEqualTo(after);
        }
    }
}
