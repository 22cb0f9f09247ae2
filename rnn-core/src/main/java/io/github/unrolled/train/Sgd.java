package io.github.unrolled.train;

import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.tensor.Allocator;
import io.github.unrolled.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Stochastic gradient descent with momentum: v = momentum · v + g + weightDecay · p; p = p - rate · v. */
public final class Sgd implements Optimizer {
    private final double momentum;
    private final double weightDecay;
    private final Map<String, Tensor> velocities = new LinkedHashMap<>();

    /**
     * Allocates a velocity of zeros per parameter.
     *
     * @param momentum in [0, 1)
     * @param weightDecay added to the gradient as a multiple of the parameter
     */
    public Sgd(double momentum, double weightDecay, Allocator allocator, List<Parameter> parameters) {
        this.momentum = momentum;
        this.weightDecay = weightDecay;
        for (Parameter parameter : parameters) {
            velocities.put(parameter.name(), Tensor.allocate(allocator, parameter.shape()));
        }
    }

    @Override
    public void beginStep(long number) {
        // The step's number does not matter here.
    }

    @Override
    public void update(Engine engine, Parameter parameter, Tensor gradient, double rate, double gradientScale) {
        Tensor velocity = Objects.requireNonNull(velocities.get(parameter.name()), parameter.name());
        engine.sgd(gradient, rate, momentum, weightDecay, gradientScale, parameter.value(), velocity);
    }

    @Override
    public void save(Snapshot into) {
        velocities.forEach((name, velocity) -> into.put("velocity." + name, velocity));
    }

    @Override
    public void restore(Snapshot from) {
        velocities.forEach((name, velocity) -> from.restore("velocity." + name, velocity));
    }

    @Override
    public void close() {
        velocities.values().forEach(Tensor::close);
    }
}
