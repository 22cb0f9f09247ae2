package io.github.unrolled.nn;

import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.engine.Engine;

/**
 * A recurrent cell: a function (input, state) to (output, state) with one set of weights for every step. Whoever writes
 * one gives {@link #bind} and {@link #zeroState}; unrolling, stacking, reading both ways, truncation, masks and feeding
 * back follow.
 *
 * @param <S> what it remembers between steps
 */
public interface Cell<S extends State<S>> extends Module {
    /** Features of the input. */
    int inputSize();

    /** Features of the output. */
    int outputSize();

    /** A state of zeros for {@code batch} sequences, on a tape. */
    S zeroState(Tape tape, int batch);

    /**
     * This cell's function on a tape. Whatever is drawn once for a whole sequence, such as a dropout mask, is drawn here.
     */
    StepFunction<S> bind(Tape tape);

    /**
     * Runs the cell over a sequence from a state. Cells with a fused kernel use it where it gives the same result.
     *
     * @param x {@code [time, batch, inputSize]}
     * @param mask which steps are real
     */
    default Sequence<S> unroll(Tape tape, Variable x, S state, Mask mask) {
        return Unroll.stepwise(this, tape, x, state, mask);
    }

    /** As {@link #unroll(Tape, Variable, State, Mask)} with every step real. */
    default Sequence<S> unroll(Tape tape, Variable x, S state) {
        return unroll(tape, x, state, Mask.none());
    }

    /**
     * Runs the cell over a sequence of tokens seen through an embedding. Cells with a fused kernel multiply embedding and
     * input weights first where that is cheaper, with the same result.
     *
     * @param tokens {@code [time, batch]} in C order
     */
    default Sequence<S> unrollTokens(Tape tape, Embedding embedding, int[] tokens, int time, S state) {
        return unroll(tape, embedding.lookUp(tape, tokens, time), state, Mask.none());
    }

    /**
     * This cell and a state of zeros, to be stepped where nothing is trained. Reads the parameters where they are: what is
     * changed in them counts from the next step on.
     *
     * @param batch sequences side by side
     */
    default Stepper stepper(Engine engine, int batch) {
        return new TapeStepper<>(this, engine, batch);
    }
}
