package io.github.unrolled.nn;

import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.tensor.Shape;
import java.util.List;

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

    /**
     * The axes of an input between time and features: the batch for a cell on vectors; batch, height and width for one on
     * images, whose states are images too.
     */
    default List<String> axes() {
        return List.of("batch");
    }

    /**
     * A state of zeros, on a tape.
     *
     * @param places the extents of {@link #axes()}: {@code [batch]} for a cell on vectors
     */
    S zeroState(Tape tape, Shape places);

    /** A state of zeros for {@code batch} sequences of vectors, on a tape. */
    default S zeroState(Tape tape, int batch) {
        return zeroState(tape, Shape.of(batch));
    }

    /**
     * This cell's function on a tape. Whatever is drawn once for a whole sequence, such as a dropout mask, is drawn here.
     */
    StepFunction<S> bind(Tape tape);

    /**
     * Runs the cell over a sequence from a state. Cells with a fused kernel use it where it gives the same result.
     *
     * @param x {@code [time, batch, inputSize]}, with more {@link #axes()} for a cell on images
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
     * @param places the extents of {@link #axes()}
     */
    default Stepper stepper(Engine engine, Shape places) {
        return new TapeStepper<>(this, engine, places);
    }

    /** As {@link #stepper(Engine, Shape)} for {@code batch} sequences of vectors side by side. */
    default Stepper stepper(Engine engine, int batch) {
        return stepper(engine, Shape.of(batch));
    }
}
