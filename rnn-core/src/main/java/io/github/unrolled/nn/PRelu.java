package io.github.unrolled.nn;

import io.github.unrolled.autodiff.ImageOps;
import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.tensor.Shape;
import java.util.List;

/**
 * x where x &gt; 0, slope · x elsewhere, with a trained slope (He et al. 2015).
 *
 * @param slope {@code [channels]}, or {@code [1]} for all channels; begins as 0.25
 */
public record PRelu(Parameter slope) implements Module {
    private static final double INITIAL = 0.25;

    /**
     * A layer.
     *
     * @param channels how many slopes: as many as the input has channels, or 1 for all of them
     */
    public static PRelu create(Parameters parameters, int channels) {
        return new PRelu(parameters.create("slope", Shape.of(channels), Initializer.constant(INITIAL)));
    }

    /** Applies the layer. */
    public Variable apply(Variable x) {
        return ImageOps.prelu(x, x.tape().use(slope));
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(slope);
    }
}
