package io.github.unrolled.examples;

import io.github.unrolled.autodiff.Ops;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.nn.Cell;
import io.github.unrolled.nn.Decoder;
import io.github.unrolled.nn.Linear;
import io.github.unrolled.nn.Sequence;
import io.github.unrolled.nn.State;
import java.util.List;

/** The shapes of the lecture, a few lines each, for any cell. Sequences are {@code [time, batch, features]}. */
public final class SequenceShapes {
    private SequenceShapes() {}

    /**
     * One to many: a single input {@code [batch, in]}, then the network reads its own outputs.
     *
     * @param head from the cell's output to the next input
     * @return {@code [steps, batch, in]}
     */
    public static <S extends State<S>> Variable oneToMany(
            Tape tape, Cell<S> cell, Linear head, Variable first, int steps) {
        S start = cell.zeroState(tape, first.shape().dim(0));
        List<Variable> outputs = Decoder.run(tape, cell, first, start, steps, head::apply, y -> y)
                .outputs();
        return Ops.stack(outputs);
    }

    /** Many to one: a whole sequence, one answer {@code [batch, out]} from the last output. */
    public static <S extends State<S>> Variable manyToOne(Tape tape, Cell<S> cell, Linear head, Variable x) {
        Sequence<S> run = cell.unroll(tape, x, cell.zeroState(tape, x.shape().dim(1)));
        return head.apply(Ops.step(run.outputs(), x.shape().dim(0) - 1));
    }

    /** Many to many, aligned: an answer for every step, {@code [time, batch, out]}. */
    public static <S extends State<S>> Variable aligned(Tape tape, Cell<S> cell, Linear head, Variable x) {
        return head.apply(
                cell.unroll(tape, x, cell.zeroState(tape, x.shape().dim(1))).outputs());
    }

    /**
     * Encoder and decoder: one cell reads {@code x}, another begins with its state and writes {@code steps} outputs
     * {@code [steps, batch, out]}, reading what it wrote before.
     *
     * @param first what the decoder reads before it has written anything, {@code [batch, out]}
     */
    public static <S extends State<S>> Variable encoderDecoder(
            Tape tape, Cell<S> encoder, Cell<S> decoder, Linear head, Variable x, Variable first, int steps) {
        S read = encoder.unroll(tape, x, encoder.zeroState(tape, x.shape().dim(1)))
                .state();
        List<Variable> outputs = Decoder.run(tape, decoder, first, read, steps, head::apply, y -> y)
                .outputs();
        return Ops.stack(outputs);
    }
}
