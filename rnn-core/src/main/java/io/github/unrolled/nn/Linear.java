package io.github.unrolled.nn;

import io.github.unrolled.autodiff.Ops;
import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;
import java.util.List;

/**
 * y = x W + b. x {@code [.., in]}, y {@code [.., out]}.
 *
 * @param weight {@code [in, out]}
 * @param bias {@code [out]}
 */
public record Linear(Parameter weight, Parameter bias) implements Module {
    /** Weights by Glorot and Bengio 2010, bias 0. */
    public static Linear create(Parameters parameters, int in, int out) {
        return new Linear(
                parameters.create("weight", Shape.of(in, out), Initializer.glorot(1)),
                parameters.create("bias", Shape.of(out), Initializer.zeros()));
    }

    /** Applies the layer. */
    public Variable apply(Variable x) {
        return Ops.affine(x, x.tape().use(weight), x.tape().use(bias));
    }

    /**
     * Applies the layer without a tape.
     *
     * @param y receives {@code [.., out]}
     */
    public void apply(Engine engine, Tensor x, Tensor y) {
        engine.affine(x, weight.value(), bias.value(), y);
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(weight, bias);
    }
}
