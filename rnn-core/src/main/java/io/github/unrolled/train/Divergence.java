package io.github.unrolled.train;

import io.github.unrolled.autodiff.Parameter;
import java.util.List;
import java.util.Locale;

/** Notices when a training has gone wrong for good, and says at which step and through which parameter. */
final class Divergence {
    /** A mean loss above the first ones by this many times their size is not coming back. */
    private static final double TOO_MUCH = 3;

    /**
     * What the last loss weighs in that mean: a single hard batch is no divergence, such as one long mistake in a task that is
     * all but learned; a loss that runs away is noticed within a few steps all the same.
     */
    private static final double LAST = 0.1;

    /**
     * First losses below this, nats or errors of values about 1, are of a task that is nearly learned: they count as this, or
     * one mistake in a batch would be many times as much.
     */
    private static final double NEARLY_LEARNED = 0.1;

    /** The first batch may be an easy one by chance, so the highest of so many losses is what others are held against. */
    private static final int FIRST_STEPS = 20;

    private final List<Parameter> parameters;
    private double firstLoss = Double.NaN;
    private double meanLoss = Double.NaN;

    Divergence(List<Parameter> parameters) {
        this.parameters = parameters;
    }

    /** The highest loss of the first steps; NaN before there was one. */
    double firstLoss() {
        return firstLoss;
    }

    /** Goes on from an earlier run's {@link #firstLoss()}. */
    void restore(double former) {
        firstLoss = former;
        meanLoss = former;
    }

    /** @throws DivergenceException if this loss is not finite or has exploded */
    void checkLoss(long step, double loss) {
        meanLoss = Double.isNaN(meanLoss) ? loss : (1 - LAST) * meanLoss + LAST * loss;
        boolean exploded = meanLoss > firstLoss + TOO_MUCH * Math.max(Math.abs(firstLoss), NEARLY_LEARNED);
        if (!Double.isFinite(loss) || exploded) {
            throw new DivergenceException(String.format(
                    Locale.ROOT,
                    "training diverged at step %d: the loss is %s (at most %.4f in the first steps), %s; lower the"
                            + " learning rate or the clipping norm and resume from the last checkpoint",
                    step,
                    loss,
                    firstLoss,
                    suspect()));
        }
        if (step <= FIRST_STEPS) {
            firstLoss = Double.isNaN(firstLoss) ? loss : Math.max(firstLoss, loss);
        }
    }

    /**
     * The norm of all gradients together.
     *
     * @param squares Σ g² of each parameter's gradient
     * @throws DivergenceException if one of them is not finite
     */
    double checkedNorm(long step, double[] squares) {
        double sum = 0;
        for (int i = 0; i < squares.length; i++) {
            if (!Double.isFinite(squares[i])) {
                throw new DivergenceException("training diverged at step " + step + ": the gradient of "
                        + parameters.get(i).name()
                        + " is not finite; lower the learning rate and resume from the last checkpoint");
            }
            sum += squares[i];
        }
        return Math.sqrt(sum);
    }

    /** The parameter to look at: the first that is not finite, else the one with the largest element. */
    private String suspect() {
        String name = "";
        double largest = -1;
        for (Parameter parameter : parameters) {
            for (double value : parameter.value().toDoubles()) {
                if (!Double.isFinite(value)) {
                    return "the parameter " + parameter.name() + " is not finite";
                }
                if (Math.abs(value) > largest) {
                    largest = Math.abs(value);
                    name = parameter.name();
                }
            }
        }
        return String.format(Locale.ROOT, "all parameters are finite, the largest is %.3g in %s", largest, name);
    }
}
