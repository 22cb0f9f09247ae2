package io.github.unrolled.nn;

import io.github.unrolled.autodiff.Ops;
import io.github.unrolled.autodiff.Variable;
import java.util.List;

/**
 * What a cell remembers between two steps: an immutable value that is passed in and returned, never a field. Each part
 * has one row per sequence of the batch: {@code [batch, features]}, or {@code [batch, height, width, features]} for a cell
 * on images.
 *
 * @param <S> the type itself
 */
public interface State<S extends State<S>> {
    /** The variables that make up this state, in a fixed order. */
    List<Variable> parts();

    /** A state of the same kind made of other variables. */
    S withParts(List<Variable> parts);

    /** The same numbers, through which no gradient flows back: the cut of truncated backpropagation through time. */
    default S detach() {
        return withParts(parts().stream().map(Ops::detach).toList());
    }
}
