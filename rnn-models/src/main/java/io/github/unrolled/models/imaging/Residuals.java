package io.github.unrolled.models.imaging;

import io.github.unrolled.autodiff.Ops;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.engine.Window;
import io.github.unrolled.nn.Conv2d;
import io.github.unrolled.nn.Parameters;
import java.util.List;

/** Residual blocks of convolutions: x + second(relu(first(x))), without normalisation (Lim et al. 2017). */
final class Residuals {
    /** What the last convolution of a branch begins with, as part of He's deviation: nearly the identity at first. */
    private static final float QUIET = 0.1f;

    private Residuals() {}

    /** A convolution that begins as usual, or {@code quiet} at the end of a residual branch. */
    static Conv2d convolution(Parameters parameters, Conv2d.Options options, boolean quiet) {
        Conv2d convolution = Conv2d.create(parameters, options);
        if (quiet) {
            float[] values = convolution.weight().value().toFloats();
            for (int i = 0; i < values.length; i++) {
                values[i] *= QUIET;
            }
            convolution.weight().value().set(values);
        }
        return convolution;
    }

    /** Two 3x3 convolutions of a block. */
    static List<Conv2d> block(Parameters parameters, int features) {
        Conv2d.Options options = new Conv2d.Options(features, features, Window.same(3));
        return List.of(
                convolution(parameters.scope("0"), options.withRelu(), false),
                convolution(parameters.scope("1"), options, true));
    }

    /** Applies a block. */
    static Variable apply(List<Conv2d> block, Variable x) {
        return Ops.add(x, block.get(1).apply(block.get(0).apply(x)));
    }
}
