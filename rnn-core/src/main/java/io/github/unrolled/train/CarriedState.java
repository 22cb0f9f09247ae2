package io.github.unrolled.train;

import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.nn.Cell;
import io.github.unrolled.nn.State;
import io.github.unrolled.tensor.Allocator;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * A cell's state from one window of a sequence to the next, cut off from the tape that computed it: truncated
 * backpropagation through time sees the numbers and no gradient. Keeps memory of its own, as much as one state needs.
 *
 * @param <S> the cell's state
 */
public final class CarriedState<S extends State<S>> implements Resumable, AutoCloseable {
    private final Allocator allocator;
    private final Cell<S> cell;
    private final List<Tensor> parts = new ArrayList<>();

    /** Carries nothing yet: the first window begins with zeros. */
    public CarriedState(Allocator allocator, Cell<S> cell) {
        this.allocator = allocator;
        this.cell = cell;
    }

    /**
     * The state that a window begins with: a copy of what was carried, or zeros if nothing was, or for another batch size.
     * A copy, because the backward pass still reads it after the next state was carried.
     */
    public S begin(Tape tape, int batch) {
        return begin(tape, Shape.of(batch));
    }

    /** As {@link #begin(Tape, int)} for a cell on images. {@code places} are the extents of {@link Cell#axes()}. */
    public S begin(Tape tape, Shape places) {
        S zero = cell.zeroState(tape, places);
        if (parts.isEmpty() || !parts.get(0).shape().equals(zero.parts().get(0).shape())) {
            return zero;
        }
        List<Variable> copies = new ArrayList<>();
        for (Tensor part : parts) {
            Tensor copy = tape.allocate(part.shape());
            tape.engine().copy(part, copy, false);
            copies.add(tape.constant(copy));
        }
        return zero.withParts(copies);
    }

    /** Keeps a copy of the state that a window ended with. */
    public void carry(S state) {
        List<Variable> ended = state.parts();
        boolean fits =
                !parts.isEmpty() && parts.get(0).shape().equals(ended.get(0).shape());
        if (!fits) {
            reset();
            ended.forEach(part -> parts.add(Tensor.allocate(allocator, part.shape())));
        }
        for (int i = 0; i < parts.size(); i++) {
            ended.get(i).tape().engine().copy(ended.get(i).value(), parts.get(i), false);
        }
    }

    /** Forgets: the next window begins with zeros. */
    public void reset() {
        parts.forEach(Tensor::close);
        parts.clear();
    }

    @Override
    public void save(Snapshot into) {
        into.put("parts", parts.size());
        for (int i = 0; i < parts.size(); i++) {
            into.put("part" + i, parts.get(i));
        }
    }

    @Override
    public void restore(Snapshot from) {
        reset();
        for (int i = 0; i < from.integer("parts"); i++) {
            Tensor part = Tensor.allocate(allocator, from.tensor("part" + i).shape());
            parts.add(part);
            from.restore("part" + i, part);
        }
    }

    @Override
    public void close() {
        reset();
    }
}
