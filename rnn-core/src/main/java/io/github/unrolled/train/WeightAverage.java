package io.github.unrolled.train;

import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.tensor.Allocator;
import io.github.unrolled.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * An exponential moving average of the parameters (Polyak and Juditsky 1992), which usually generalises better than the
 * parameters themselves. Early on the average is over fewer steps, min(decay, (1 + n) / (10 + n)) at step n, so that it does
 * not remember the initial values.
 */
final class WeightAverage implements Resumable, AutoCloseable {
    private final double decay;
    private final List<Parameter> parameters;
    private final List<Tensor> averages = new ArrayList<>();

    WeightAverage(double decay, Allocator allocator, List<Parameter> parameters) {
        this.decay = decay;
        this.parameters = parameters;
        for (Parameter parameter : parameters) {
            averages.add(copy(parameter.value(), Tensor.allocate(allocator, parameter.shape())));
        }
    }

    void update(Engine engine, int parameter, long step) {
        double keep = Math.min(decay, (1.0 + step) / (10.0 + step));
        engine.average(parameters.get(parameter).value(), 1 - keep, averages.get(parameter));
    }

    /** Puts the averages into the parameters and the parameters into the averages; a second call undoes it. */
    void swap() {
        for (int i = 0; i < averages.size(); i++) {
            Tensor value = parameters.get(i).value();
            double[] kept = value.toDoubles();
            copy(averages.get(i), value);
            averages.get(i).set(kept);
        }
    }

    private static Tensor copy(Tensor from, Tensor to) {
        return to.set(from.toDoubles());
    }

    @Override
    public void save(Snapshot into) {
        for (int i = 0; i < averages.size(); i++) {
            into.put(parameters.get(i).name(), averages.get(i));
        }
    }

    @Override
    public void restore(Snapshot from) {
        for (int i = 0; i < averages.size(); i++) {
            from.restore(parameters.get(i).name(), averages.get(i));
        }
    }

    @Override
    public void close() {
        averages.forEach(Tensor::close);
    }
}
