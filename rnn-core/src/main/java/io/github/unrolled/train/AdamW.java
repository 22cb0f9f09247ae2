package io.github.unrolled.train;

import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.engine.AdamStep;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.tensor.Allocator;
import io.github.unrolled.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Adam with decoupled weight decay (Loshchilov and Hutter 2019); the formulas are those of {@link AdamStep}. */
public final class AdamW implements Optimizer {
    /**
     * What AdamW is asked for.
     *
     * @param beta1 decay of the first moment
     * @param beta2 decay of the second moment
     * @param epsilon added to the root of the second moment
     * @param weightDecay decoupled decay, multiplied by the rate
     */
    public record Options(double beta1, double beta2, double epsilon, double weightDecay) {
        /** β = (0.9, 0.999), ε = 1e-8, no decay. */
        public Options() {
            this(0.9, 0.999, 1e-8, 0);
        }
    }

    private record Moments(Tensor first, Tensor second) {}

    private final Options options;
    private final Map<String, Moments> moments = new LinkedHashMap<>();
    private long step;

    /** Allocates two moments of zeros per parameter. */
    public AdamW(Options options, Allocator allocator, List<Parameter> parameters) {
        this.options = options;
        for (Parameter parameter : parameters) {
            moments.put(
                    parameter.name(),
                    new Moments(
                            Tensor.allocate(allocator, parameter.shape()),
                            Tensor.allocate(allocator, parameter.shape())));
        }
    }

    @Override
    public void beginStep(long number) {
        step = number;
    }

    @Override
    public void update(Engine engine, Parameter parameter, Tensor gradient, double rate, double gradientScale) {
        Moments own = Objects.requireNonNull(moments.get(parameter.name()), parameter.name());
        AdamStep numbers = new AdamStep(
                rate,
                options.beta1,
                options.beta2,
                options.epsilon,
                options.weightDecay,
                1 - Math.pow(options.beta1, (double) step),
                1 - Math.pow(options.beta2, (double) step),
                gradientScale);
        engine.adamW(gradient, numbers, parameter.value(), own.first, own.second);
    }

    @Override
    public void save(Snapshot into) {
        moments.forEach((name, own) -> {
            into.put("first." + name, own.first);
            into.put("second." + name, own.second);
        });
    }

    @Override
    public void restore(Snapshot from) {
        moments.forEach((name, own) -> {
            from.restore("first." + name, own.first);
            from.restore("second." + name, own.second);
        });
    }

    @Override
    public void close() {
        moments.values().forEach(own -> {
            own.first.close();
            own.second.close();
        });
    }
}
