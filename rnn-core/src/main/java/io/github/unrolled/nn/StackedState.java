package io.github.unrolled.nn;

import io.github.unrolled.autodiff.Variable;
import java.util.ArrayList;
import java.util.List;

/**
 * The states of cells on top of each other, bottom first.
 *
 * @param layers one state per cell
 */
public record StackedState(List<State<?>> layers) implements State<StackedState> {
    /** Copies the list. */
    public StackedState {
        layers = List.copyOf(layers);
    }

    @Override
    public List<Variable> parts() {
        return layers.stream().flatMap(layer -> layer.parts().stream()).toList();
    }

    @Override
    public StackedState withParts(List<Variable> parts) {
        List<State<?>> changed = new ArrayList<>();
        int from = 0;
        for (State<?> layer : layers) {
            int to = from + layer.parts().size();
            changed.add(layer.withParts(parts.subList(from, to)));
            from = to;
        }
        return new StackedState(changed);
    }
}
