package io.github.unrolled.nn;

import io.github.unrolled.autodiff.Ops;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;

/**
 * Distances of a prediction from a target, element by element. {@link Ops#mean} makes a loss of them, or
 * {@link #weightedMean}. Losses on classes are {@link Ops#softmaxCrossEntropy}.
 */
public final class Losses {
    private Losses() {}

    /** (y - target)². */
    public static Variable squared(Variable y, Variable target) {
        Variable difference = Ops.subtract(y, target);
        return Ops.multiply(difference, difference);
    }

    /** |y - target|, with gradient 0 where both are equal. */
    public static Variable absolute(Variable y, Variable target) {
        Variable difference = Ops.subtract(y, target);
        return Ops.add(Ops.relu(difference), Ops.relu(Ops.scale(difference, -1, 0)));
    }

    /**
     * √((y - target)² + ε²): as |y - target| far from 0 and smooth at 0 (Charbonnier et al. 1994).
     *
     * @param epsilon greater than 0; 1e-3 is usual for pixels in 0..1
     */
    public static Variable charbonnier(Variable y, Variable target, double epsilon) {
        return Ops.sqrt(Ops.scale(squared(y, target), 1, epsilon * epsilon));
    }

    /**
     * Σ weight · distance / Σ weight, {@code [1]}; 0 if nothing has a weight.
     *
     * @param weights one for every distance, or repeated as in {@link Ops#multiply}
     */
    public static Variable weightedMean(Variable distances, Tensor weights) {
        double total = 0;
        for (double weight : weights.toDoubles()) {
            total += weight;
        }
        total *= (double) distances.value().elements() / Math.max(weights.elements(), 1);
        Variable weighted = Ops.multiply(distances, distances.tape().constant(weights));
        return Ops.scale(Ops.sumTo(weighted, Shape.of(1)), total == 0 ? 0 : 1 / total, 0);
    }
}
