package io.github.unrolled.models.motion.pedestrian;

import io.github.unrolled.autodiff.Ops;
import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.nn.Linear;
import io.github.unrolled.nn.Module;
import io.github.unrolled.nn.Parameters;
import io.github.unrolled.tensor.Shape;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a walker knows of those around it at one step: s = tanh(W Σⱼ relu(A rⱼ + a) + w), where rⱼ is the position and
 * velocity of neighbour j in its own frame. A sum, so the order of the neighbours does not matter and there may be any
 * number of them, none included.
 *
 * @param each A and a
 * @param all W and w
 */
record SocialPooling(Linear each, Linear all) implements Module {
    /** Features of a neighbour before they are added up, and of the sum. */
    private static final int EACH = 24;

    static final int SIZE = 16;

    static SocialPooling create(Parameters parameters) {
        return new SocialPooling(
                Linear.create(parameters.scope("each"), Neighbours.FEATURES, EACH),
                Linear.create(parameters.scope("all"), EACH, SIZE));
    }

    /**
     * One step of some walkers.
     *
     * @param relative of each pair, {@code [pairs, 4]}
     * @param real 1 for pairs that count, {@code [pairs, 1]}
     * @param of the row of the walker who looks
     * @param rows how many walkers there are
     * @return {@code [rows, SIZE]}
     */
    Variable apply(Variable relative, Variable real, int[] of, int rows) {
        Variable neighbours = Ops.multiply(Ops.relu(each.apply(relative)), real);
        return Ops.tanh(all.apply(Ops.sumRows(neighbours, of, rows)));
    }

    /** Pairs of {@code copies} independent copies of the same walkers: rows of one copy come after those of another. */
    static int[] repeated(int[] rows, int copies, int stride) {
        int[] all = new int[rows.length * copies];
        for (int copy = 0; copy < copies; copy++) {
            for (int i = 0; i < rows.length; i++) {
                all[copy * rows.length + i] = copy * stride + rows[i];
            }
        }
        return all;
    }

    /** Numbers given once, for every copy, {@code [copies · rows, columns]}. */
    static Variable repeated(Tape tape, float[] values, int columns, int copies) {
        float[] all = new float[values.length * copies];
        for (int copy = 0; copy < copies; copy++) {
            System.arraycopy(values, 0, all, copy * values.length, values.length);
        }
        return tape.constant(
                tape.allocate(Shape.of(all.length / columns, columns)).set(all));
    }

    @Override
    public List<Parameter> parameters() {
        return Stream.concat(each.parameters().stream(), all.parameters().stream())
                .toList();
    }
}
