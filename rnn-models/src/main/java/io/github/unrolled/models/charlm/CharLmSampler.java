package io.github.unrolled.models.charlm;

import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.nn.Sequence;
import io.github.unrolled.nn.StackedState;
import io.github.unrolled.tensor.Tensor;
import io.github.unrolled.train.CarriedState;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Writes with a character model: reads what came before, gives the distribution of the next token, reads the token that
 * was drawn. No gradients, constant memory, however long the text. Belongs to the thread that made it.
 */
public final class CharLmSampler implements AutoCloseable {
    private static final int WINDOW = 256;

    /** From this width on a second thread pays for one character at a time (measured on two cores). */
    private static final int WIDE = 384;

    private final CharLm model;
    private final Engine engine;
    private final Tape tape;
    private final CarriedState<StackedState> carried;
    private float[] logits;

    /** Begins with an empty text, before which every token is equally likely. */
    public CharLmSampler(CharLm model, Backend backend, int threads) {
        this.model = model;
        this.engine = backend.newEngine(model.config().hidden() >= WIDE ? threads : 1);
        this.tape = Tape.inference(engine);
        this.carried = new CarriedState<>(backend, model.stack());
        this.logits = new float[model.config().vocabulary()];
    }

    /** Reads tokens: the prime, or the one that was drawn. */
    public void read(int... tokens) {
        int classes = model.config().vocabulary();
        for (int from = 0; from < tokens.length; from += WINDOW) {
            int[] part = Arrays.copyOfRange(tokens, from, Math.min(tokens.length, from + WINDOW));
            tape.reset();
            Sequence<StackedState> run = model.logits(tape, part, part.length, carried.begin(tape, 1));
            carried.carry(run.state());
            Tensor last = run.outputs().value().slice(part.length - 1, part.length);
            logits = last.reshape(classes).toFloats();
        }
    }

    /** Logits of the token that follows. */
    public float[] logits() {
        return logits.clone();
    }

    /** Draws the next token and reads it. */
    public int next(Sampling sampling, RandomGenerator random) {
        int token = draw(sampling.distribution(logits), random);
        read(token);
        return token;
    }

    /** Draws from a distribution. */
    public static int draw(double[] probabilities, RandomGenerator random) {
        double left = random.nextDouble();
        int last = 0;
        for (int i = 0; i < probabilities.length; i++) {
            if (probabilities[i] > 0) {
                last = i;
                left -= probabilities[i];
                if (left < 0) {
                    return i;
                }
            }
        }
        // Rounding can leave a trace beyond the last token that has a probability.
        return last;
    }

    /** Frees the memory; the model is its owner's. */
    @Override
    public void close() {
        carried.close();
        tape.close();
        engine.close();
    }
}
