package io.github.unrolled.nn;

import io.github.unrolled.autodiff.Ops;
import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.tensor.Shape;
import java.util.List;

/**
 * y = (x - mean) / √(variance + 1e-5) · gain + bias over the features of every row (Ba, Kiros and Hinton 2016).
 *
 * @param gain {@code [features]}, begins as 1
 * @param bias {@code [features]}, begins as 0
 */
public record LayerNorm(Parameter gain, Parameter bias) implements Module {
    private static final double EPSILON = 1e-5;

    /** A layer for rows of {@code features}. */
    public static LayerNorm create(Parameters parameters, int features) {
        return new LayerNorm(
                parameters.create("gain", Shape.of(features), Initializer.constant(1)),
                parameters.create("bias", Shape.of(features), Initializer.zeros()));
    }

    /** Applies the layer. */
    public Variable apply(Variable x) {
        return Ops.layerNorm(x, x.tape().use(gain), x.tape().use(bias), EPSILON);
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(gain, bias);
    }
}
