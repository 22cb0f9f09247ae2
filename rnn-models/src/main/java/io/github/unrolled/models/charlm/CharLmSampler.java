package io.github.unrolled.models.charlm;

import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.nn.Sequence;
import io.github.unrolled.nn.StackedState;
import io.github.unrolled.nn.Stepper;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
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
    private final Stepper stepper;
    private final Tensor scores;
    private float[] logits;

    /** Begins with an empty text, before which every token is equally likely. */
    public CharLmSampler(CharLm model, Backend backend, int threads) {
        this.model = model;
        this.engine = backend.newEngine(model.config().hidden() >= WIDE ? threads : 1);
        this.tape = Tape.inference(engine);
        this.stepper = model.stack().stepper(engine, 1);
        this.scores = Tensor.allocate(backend, Shape.of(1, model.config().vocabulary()));
        this.logits = new float[model.config().vocabulary()];
    }

    /** Reads tokens: the prime, or the one that was drawn. */
    public void read(int... tokens) {
        if (tokens.length == 1) {
            logits = model.step(stepper, engine, tokens[0], scores).toFloats();
            return;
        }
        for (int from = 0; from < tokens.length; from += WINDOW) {
            readWindow(Arrays.copyOfRange(tokens, from, Math.min(tokens.length, from + WINDOW)));
        }
    }

    /** Many tokens at once are read faster than one by one. */
    private void readWindow(int[] tokens) {
        tape.reset();
        List<Tensor> state = stepper.state();
        List<Variable> carried = state.stream().map(tape::constant).toList();
        StackedState before = model.stack().zeroState(tape, 1).withParts(carried);
        Sequence<StackedState> run = model.logits(tape, tokens, tokens.length, before);
        List<Variable> after = run.state().parts();
        for (int i = 0; i < state.size(); i++) {
            engine.copy(after.get(i).value(), state.get(i), false);
        }
        Tensor last = run.outputs().value().slice(tokens.length - 1, tokens.length);
        logits = last.reshape(model.config().vocabulary()).toFloats();
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
        scores.close();
        stepper.close();
        tape.close();
        engine.close();
    }
}
