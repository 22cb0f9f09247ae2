package io.github.unrolled.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Compares the tape's gradients with central differences, in double. */
public final class GradientCheck {
    private static final double STEP = 1e-5;
    private static final double TOLERANCE = 1e-7;

    private GradientCheck() {}

    /**
     * Checks every element of every tensor.
     *
     * @param loss computes the loss from the tensors' present elements, on a tape that was reset before
     * @param gradients after a backward pass from that loss, the gradient for each of the tensors' names
     * @param tensors by name, persistent, in double
     */
    public static void check(
            Tape tape, Function<Tape, Variable> loss, Function<String, Tensor> gradients, Map<String, Tensor> tensors) {
        tape.reset();
        Variable value = loss.apply(tape);
        tape.backward(value);
        Map<String, double[]> analytic = new java.util.LinkedHashMap<>();
        tensors.keySet()
                .forEach(name -> analytic.put(name, gradients.apply(name).toDoubles()));
        ToDoubleFunction<Tape> run = t -> {
            t.reset();
            return loss.apply(t).value().scalar();
        };
        tensors.forEach((name, tensor) -> {
            double[] elements = tensor.toDoubles();
            double[] found = analytic.get(name);
            for (int i = 0; i < elements.length; i++) {
                double kept = elements[i];
                elements[i] = kept + STEP;
                tensor.set(elements);
                double above = run.applyAsDouble(tape);
                elements[i] = kept - STEP;
                tensor.set(elements);
                double below = run.applyAsDouble(tape);
                elements[i] = kept;
                tensor.set(elements);
                double numeric = (above - below) / (2 * STEP);
                assertThat(found[i])
                        .as("gradient of %s[%d]", name, i)
                        .isCloseTo(numeric, within(TOLERANCE * Math.max(1, Math.abs(numeric))));
            }
        });
    }

    /** A scalar that depends on every element of every variable in another way. */
    public static Variable mixed(List<Variable> variables) {
        Tape tape = variables.get(0).tape();
        Variable total = tape.constant(tape.zeros(io.github.unrolled.tensor.Shape.of(1)));
        int index = 0;
        for (Variable variable : variables) {
            double[] weights = new double[Math.toIntExact(variable.value().elements())];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = Math.sin(1.3 * ++index);
            }
            Tensor constant = tape.allocate(variable.shape()).set(weights);
            total = io.github.unrolled.autodiff.Ops.add(
                    total,
                    io.github.unrolled.autodiff.Ops.sum(
                            io.github.unrolled.autodiff.Ops.multiply(variable, tape.constant(constant))));
        }
        return total;
    }
}
