package io.github.unrolled.nn;

import io.github.unrolled.tensor.Tensor;
import java.util.List;

/** Steppers on top of each other. */
final class StackedStepper implements Stepper {
    private final List<Stepper> layers;

    StackedStepper(List<Stepper> layers) {
        this.layers = layers;
    }

    @Override
    public Tensor step(Tensor x) {
        Tensor current = x;
        for (Stepper layer : layers) {
            current = layer.step(current);
        }
        return current;
    }

    @Override
    public List<Tensor> state() {
        return layers.stream().flatMap(layer -> layer.state().stream()).toList();
    }

    @Override
    public void close() {
        layers.forEach(Stepper::close);
    }
}
