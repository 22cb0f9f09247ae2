package io.github.unrolled.nn;

import io.github.unrolled.tensor.ShapeException;
import io.github.unrolled.tensor.Tensor;
import java.util.List;

/**
 * Which steps of which sequence are real: {@code [time, batch]}, not 0 = real. A step that is not leaves the state as it
 * is and gives zeros, so padding left, right or within a sequence changes nothing.
 */
public final class Mask {
    private static final Mask NONE = new Mask(List.of());

    private final List<Tensor> steps;

    private Mask(List<Tensor> steps) {
        this.steps = steps;
    }

    /** Every step is real. */
    public static Mask none() {
        return NONE;
    }

    /**
     * A mask of the given elements, which somebody else keeps alive.
     *
     * @param mask {@code [time, batch]}
     */
    public static Mask of(Tensor mask) {
        if (mask.shape().rank() != 2) {
            throw new ShapeException("a mask is [time, batch], not " + mask.shape());
        }
        return new Mask(java.util.stream.IntStream.range(0, mask.shape().dim(0))
                .mapToObj(mask::step)
                .toList());
    }

    /** Whether every step is real. */
    public boolean isNone() {
        return steps.isEmpty();
    }

    /** The elements of one step, {@code [batch]}. */
    Tensor step(int time) {
        return steps.get(time);
    }

    /** This mask for the sequence read from its end. */
    Mask reversed() {
        List<Tensor> backward = new java.util.ArrayList<>(steps);
        java.util.Collections.reverse(backward);
        return new Mask(backward);
    }

    void check(int time, int batch) {
        if (!isNone() && (steps.size() != time || steps.get(0).elements() != batch)) {
            throw new ShapeException("the mask is [" + steps.size() + ", "
                    + steps.get(0).elements() + "], the sequence has [time, batch] = [" + time + ", " + batch + "]");
        }
    }
}
